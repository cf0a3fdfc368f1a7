import type { HostService } from './common/azure';
import { ENGINE_OPTIONS_VARIABLE, type EngineProcessOptions } from './common/engineOptions';
import { channelToParent } from './common/processChannel';
import { RpcClient, serve } from './common/rpc';
import { Engine, type HostClient } from './workspaces/engine';

/** The engine process: serves {@link import('./common/engineProtocol').EngineService} to the process that forked it, and ends with it. */
async function main(): Promise<void> {
  const options = JSON.parse(process.env[ENGINE_OPTIONS_VARIABLE] ?? '{}') as EngineProcessOptions;
  const channel = channelToParent(process);
  // Made at the first call, which comes after `serve`: a listener that is there before would take the messages that wait for it.
  let client: RpcClient<HostService> | undefined;
  const host: HostClient = { call: (method, argument, token) => (client ??= new RpcClient(channel)).call(method, argument, token) };
  const engine = await Engine.open({ ...options, host });
  serve(channel, engine.handlers);
  channel.onClose(() => {
    engine.dispose();
    process.exit(0);
  });
}

function fail(thrown: unknown): never {
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
