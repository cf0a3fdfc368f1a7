import { createRequire } from 'node:module';
import type { TokenCredential } from '@azure/core-auth';
import type * as Identity from '@azure/identity';
import { HuntError } from '../common/errors';

/** The optional package that connects `VisualStudioCodeCredential` with the account of VS Code. */
export const EDITOR_PLUGIN = '@azure/identity-vscode';

/** What the plugin may set, as `@azure/identity` 4.13 offers it; an older plugin asks for other things. */
interface PluginContext {
  readonly vsCodeCredentialControl: object;
}

/** Loads the package; replaced in tests. */
export type LoadPlugin = () => unknown;

/**
 * Loads the package from where the program lies: it is not bundled. Not by `import()`: when the package's native part does not load,
 * Node 20 throws the error a second time, where nobody can catch it.
 */
export const requirePlugin: LoadPlugin = () => createRequire(process.argv[1] ?? process.execPath)(EDITOR_PLUGIN) as unknown;

/**
 * The account of VS Code outside of VS Code. The package is optional (it may not be installed, and its native part may not load), and its
 * releases ask for different contracts of `@azure/identity`: whatever does not fit ends in an explanation.
 * @throws HuntError `credential`
 */
export function editorCredential(identity: typeof Identity, tenantId: string | undefined, loadPlugin: LoadPlugin): TokenCredential {
  const plugin = pluginOf(load(loadPlugin));
  if (!plugin) throw notAvailable(`the package ${EDITOR_PLUGIN} has no plugin for it.`);
  const asked = new Set<string>();
  try {
    // Types of plugins differ between releases; what this one asks for is seen by what it calls.
    identity.useIdentityPlugin((context: unknown) => {
      plugin(watched(context as PluginContext, asked));
    });
  } catch (thrown) {
    const [missing = ''] = [...asked].slice(-1);
    const called = missing === '' ? '' : ` It asks for "${missing}", which @azure/identity does not have.`;
    throw notAvailable(`the package ${EDITOR_PLUGIN} does not fit this version of @azure/identity.${called}`, thrown);
  }
  return new identity.VisualStudioCodeCredential(tenantId === undefined ? {} : { tenantId });
}

function load(loadPlugin: LoadPlugin): unknown {
  try {
    return loadPlugin();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const missing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
    const reason = missing ? `the package ${EDITOR_PLUGIN}, or keytar that it needs, is not installed.` : `the package ${EDITOR_PLUGIN} cannot be loaded.`;
    throw notAvailable(reason, thrown);
  }
}

function pluginOf(loaded: unknown): ((context: PluginContext) => void) | undefined {
  const plugin = typeof loaded === 'object' && loaded !== null && 'vsCodePlugin' in loaded ? loaded.vsCodePlugin : undefined;
  return typeof plugin === 'function' ? (plugin as (context: PluginContext) => void) : undefined;
}

/** Remembers the names of what is asked for, so that the message can name the one that is missing. */
function watched(context: PluginContext, asked: Set<string>): PluginContext {
  const control = new Proxy(context.vsCodeCredentialControl, {
    get(target, name) {
      asked.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  return { ...context, vsCodeCredentialControl: control };
}

function notAvailable(reason: string, cause?: unknown): HuntError {
  const message = `not available, because ${reason} Use "cli" or "devicecode" instead.`;
  return new HuntError({ kind: 'credential', credential: 'vscode', message }, { cause });
}
