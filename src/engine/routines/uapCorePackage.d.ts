/** The package's one file, parsed when it is bundled. Each list in the order in which it is tried. */
declare module 'uap-core/regexes.yaml' {
  type Pattern = Readonly<Record<string, string>> & { readonly regex: string };

  const patterns: {
    readonly user_agent_parsers: readonly Pattern[];
    readonly os_parsers: readonly Pattern[];
    readonly device_parsers: readonly Pattern[];
  };
  export = patterns;
}
