import type { HostService } from './common/azure';
import { ENGINE_OPTIONS_VARIABLE, type EngineProcessOptions } from './common/engineOptions';
import { channelToParent } from './common/processChannel';
import { RpcClient, serve } from './common/rpc';
import { Engine } from './workspaces/engine';

/** The engine process: serves {@link import('./common/engineProtocol').EngineService} to the process that forked it, and ends with it. */
async function main(): Promise<void> {
  const options = JSON.parse(process.env[ENGINE_OPTIONS_VARIABLE] ?? '{}') as EngineProcessOptions;
  const channel = channelToParent(process);
  const engine = await Engine.open({ ...options, host: new RpcClient<HostService>(channel) });
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
