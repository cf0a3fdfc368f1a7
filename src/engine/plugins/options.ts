import type { PluginInput } from './registry';

type Argument = PluginInput['node'] | undefined;

/** A constant option of a plugin; undefined when it is not given. */
export function constantText(plugin: PluginInput, node: Argument): string | undefined {
  const value = constant(plugin, node);
  if (value === undefined || typeof value === 'string') return value;
  return refuse(plugin, node);
}

export function constantBool(plugin: PluginInput, node: Argument): boolean | undefined {
  const value = constant(plugin, node);
  if (value === undefined || typeof value === 'boolean') return value;
  return refuse(plugin, node);
}

/** A number; the tilde stands for the default. */
export function constantNumber(plugin: PluginInput, node: Argument): number | undefined {
  const value = constant(plugin, node);
  if (value === undefined || value === '~') return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return refuse(plugin, node);
}

function constant({ translator, environment, ...plugin }: PluginInput, node: Argument): bigint | number | string | boolean | undefined {
  if (!node) return undefined;
  const value = translator.scalar(node, { environment });
  if (value.kind !== 'literal' || value.value === null) return refuse({ translator, environment, ...plugin }, node);
  return value.value;
}

function refuse({ translator, node }: PluginInput, argument: Argument): never {
  return translator.unsupported('a computed option of a plugin', argument ?? node);
}
