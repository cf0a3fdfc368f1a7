/** A process that speaks the engine's protocol and misbehaves as its queries tell it to. Forked by engineHost.test.ts. */
import { writeSync } from 'node:fs';
import { ENGINE_OPTIONS_VARIABLE, type EngineProcessOptions } from '../../../src/common/engineOptions';
import { ENGINE_PROTOCOL_VERSION } from '../../../src/common/engineProtocol';
import { HuntError } from '../../../src/common/errors';
import { channelToParent } from '../../../src/common/processChannel';
import { serve } from '../../../src/common/rpc';
import { someHandlers } from './someHandlers';

const options = JSON.parse(process.env[ENGINE_OPTIONS_VARIABLE] ?? '{}') as EngineProcessOptions;
const connected = new Set<string>();

const handlers = someHandlers({
  hello: () => Promise.resolve({ protocol: options.storagePath === 'old' ? 0 : ENGINE_PROTOCOL_VERSION, pid: process.pid }),
  connect: (source) => {
    const id = source.kind === 'folder' ? source.path : source.kind;
    connected.add(id);
    return Promise.resolve({ id, kind: source.kind, name: id, tableCount: 0, rowCount: 0, problems: [] });
  },
  disconnect: ({ workspaceId }) => {
    connected.delete(workspaceId);
    return Promise.resolve(null);
  },
  schema: () => {
    const tables = [...connected].map((name) => ({ name, columns: [], rowCount: process.pid }));
    return Promise.resolve({ tables, functions: [], watchlists: [] });
  },
  runQuery: ({ text }, token, progress) => {
    progress('running');
    if (text === 'kill') process.kill(process.pid, 'SIGKILL');
    if (text === 'exit') process.exit(7);
    return new Promise((_resolve, reject) => {
      token.onCancellationRequested(() => reject(new HuntError({ kind: 'cancelled' })));
    });
  },
  forget: () => Promise.resolve(null),
});

if (options.storagePath === 'broken') {
  writeSync(2, 'cannot find the native library\n');
  process.exit(3);
}
const channel = channelToParent(process);
serve(channel, handlers);
channel.onClose(() => process.exit(0));
