import { parseArgs } from 'node:util';
import { type Emulator, startEmulator } from './emulator';
import { CLIENT_SECRET } from './login/loginService';
import { defaultWorld } from './world/defaultWorld';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      small: { type: 'boolean', default: false },
      gzip: { type: 'boolean', default: false },
    },
  });
  const world = values.small
    ? { ...defaultWorld, workspaces: defaultWorld.workspaces.map((one) => ({ ...one, sample: false, functions: [] })) }
    : defaultWorld;
  const emulator = await startEmulator({ port: Number(values.port), gzip: values.gzip, world });
  process.stdout.write(`${instructions(emulator)}\n`);
  // Ctrl+C comes from the terminal, and once more from whoever started this.
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, resolve);
  });
  await emulator.close();
  process.exit(0);
}

function instructions({ url, caFile, world }: Emulator): string {
  const workspaces = world.workspaces.map(({ name, id, tenantId }) => `  ${name.padEnd(16)} ${id}  tenant ${tenantId}`);
  return `Azure is emulated at ${url} until Ctrl+C.

Trust its authority, then start the client in the same shell:
  export NODE_EXTRA_CA_CERTS=${caFile}

Sign in as an application (instance discovery off):
  export AZURE_AUTHORITY_HOST=${url}
  export AZURE_TENANT_ID=${world.homeTenantId}
  export AZURE_CLIENT_ID=11111111-1111-4111-8111-111111111111
  export AZURE_CLIENT_SECRET="${CLIENT_SECRET}"
or take a token: curl --cacert ${caFile} "${url}/_emulator/token?audience=logs"   (or audience=arm)

Query API:        ${url}/v1
Resource Manager: ${url}
Workspaces:
${workspaces.join('\n')}

Faults: curl --cacert ${caFile} ${url}/_emulator/faults -d '{"on": "query", "effect": {"kind": "throttle", "retryAfter": 5}, "times": 2}'
        curl --cacert ${caFile} -X DELETE ${url}/_emulator/faults        removes them
Log:    curl --cacert ${caFile} ${url}/_emulator/requests`;
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  process.exit(1);
});
