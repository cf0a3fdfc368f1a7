/** The product beside the emulator of Azure (test/emulator), signed in with an account that it gives out. Import after the installation. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleForNode } from './nodeBundle.mjs';
import { root, scratch } from './paths.mjs';
import { run } from './processes.mjs';
import { installProduct, packageProduct } from './product.mjs';
import { step } from './progress.mjs';
import { hashFiles, unlessStamped } from './stamps.mjs';
import { installVsix } from './workbench.mjs';

const account = 'test/account';

/** Installs the product and the emulated account into a folder of extensions, and answers with that folder. */
export async function installEmulatedProduct() {
  await installProduct();
  const vsix = await packageProduct();
  const extensionsDir = path.join(scratch, 'extensions-emulated');
  const content = hashFiles(root, [path.relative(root, vsix), `${account}/extension.ts`, `${account}/package.json`]);
  await unlessStamped('install-emulated', content, path.join(extensionsDir, 'extensions.json'), () =>
    step('installing the package and the emulated account', async () => {
      rmSync(extensionsDir, { recursive: true, force: true, maxRetries: 5 });
      const folders = { extensionsDir, dataDir: path.join(scratch, 'install') };
      await installVsix(vsix, folders);
      await installVsix(await packageAccount(), folders);
    }),
  );
  return extensionsDir;
}

/** The emulated account as a `.vsix`. */
export async function packageAccount() {
  const stage = path.join(root, 'out/account');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  cpSync(path.join(root, account, 'package.json'), path.join(stage, 'package.json'));
  await bundleForNode([`${account}/extension.ts`], { outdir: 'out/account', inExtensionHost: true });
  const vsix = path.join(root, 'out/package/emulated-account.vsix');
  mkdirSync(path.dirname(vsix), { recursive: true });
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await run(process.execPath, [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...options], { cwd: stage });
  return vsix;
}

/** Starts the emulator in this process. */
export async function startEmulator() {
  const [file] = await bundleForNode(['test/emulator/emulator.ts'], { outdir: 'out/emulator' });
  const emulator = await import(file);
  return emulator.startEmulator();
}

/** User settings under which the product takes the emulator for Azure. */
export function emulatedSettings(url) {
  return {
    'huntbook.azure.cloud': 'custom',
    'huntbook.azure.endpoints': {
      authority: url,
      resourceManager: url,
      resourceManagerScope: 'https://management.core.windows.net/.default',
      logAnalytics: url,
      logAnalyticsScope: 'https://api.loganalytics.io/.default',
      portal: 'https://portal.azure.com',
    },
  };
}

/** Environment of a workbench beside the emulator. */
export function emulatedEnvironment({ url, caFile }, { signedIn = true, guestTenants = [] } = {}) {
  return {
    HUNTBOOK_EMULATOR_URL: url,
    HUNTBOOK_EMULATED_SIGNED_IN: signedIn ? '1' : '0',
    HUNTBOOK_EMULATED_GUEST_TENANTS: guestTenants.join(','),
    NODE_EXTRA_CA_CERTS: caFile,
  };
}
