/** What the engine process is told at its start, as JSON in the environment variable {@link ENGINE_OPTIONS_VARIABLE}. */
export interface EngineProcessOptions {
  /** Folder for cached workspaces and spilled rows, shared by all engines of a user; made when missing. */
  readonly storagePath: string;
  /** Memory that queries and results may take; half of the machine's, between 1 and 4 GiB, when absent. */
  readonly memoryLimitMiB?: number | undefined;
  /** Absolute paths of files and folders that `externaldata` may read; none when absent. */
  readonly allowedFiles?: readonly string[] | undefined;
  /** Absolute path of a database in MaxMind's format, for `geo_info_from_ip_address()`. */
  readonly geoIpDatabase?: string | undefined;
  /** Threads of one query; the machine's when absent. */
  readonly threads?: number | undefined;
}

export const ENGINE_OPTIONS_VARIABLE = 'HUNTBOOK_ENGINE_OPTIONS';
