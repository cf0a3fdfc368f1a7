/**
 * What a template is, for everyone who reads, lists or shows one: the template worker, the extension host, the template's page. Plain
 * data; texts come from files of others and are untrusted.
 */

/** Kernel that a notebook asks for. */
export interface TemplateKernel {
  readonly name: string;
  readonly displayName: string;
  /** As kernels spell it: `kusto`, `python`. */
  readonly language: string;
  /** It exists nowhere any more: a notebook made of the template asks for another. */
  readonly vanished: boolean;
}

/** A column of a hunting query that names an entity, from its `entityMappings`. */
export interface EntityColumn {
  /** `Account`, `IP`, `Host`, … as Sentinel's YAML spells them. */
  readonly entity: string;
  /** `FullName`, `Address`, … */
  readonly identifier: string;
  readonly column: string;
}

/** A hunting query: from YAML of the Azure-Sentinel format, or saved in a workspace. */
export interface QueryTemplate {
  readonly query: string;
  readonly entities: readonly EntityColumn[];
}

/** What an analyst makes a notebook from, as it describes itself. Fields are '' or empty where it says nothing. */
export interface Template {
  readonly kind: 'template';
  /** Unique among all sources and stable between versions: `password-spray` of the bundled ones, `<source>:<path>` of others. */
  readonly id: string;
  /** {@link TemplateSource.key} */
  readonly source: string;
  /** Absolute path of the file; '' of a query saved in a workspace. */
  readonly path: string;
  readonly title: string;
  /** One or a few sentences, without marks. */
  readonly description: string;
  /** Folder, or group that the notebook names. */
  readonly group: string;
  /** MITRE ATT&CK tactics as Sentinel spells them (`InitialAccess`) and technique ids (`T1110.003`). */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** Tables that its queries read. */
  readonly tables: readonly string[];
  /** Data sources in the author's words, tables included. */
  readonly dataSources: readonly string[];
  readonly version: string;
  /** Version of Python in the author's words. */
  readonly pythonVersion: string;
  readonly author: string;
  /** Names that the cell tagged `parameters` defines. */
  readonly parameters: readonly string[];
  readonly kernel?: TemplateKernel | undefined;
  /** Why it should not be used any more, in the author's words. */
  readonly superseded?: string | undefined;
  /** When it last changed, ISO 8601, where that is known. */
  readonly lastChange?: string | undefined;
  /** SHA-256 of the file, or of the query saved in a workspace. */
  readonly hash: string;
  /** Of hunting queries; absent of notebooks. */
  readonly query?: QueryTemplate | undefined;
}

/** A file that looks like a template and cannot be read: listed with its error, so that nobody wonders where it is. */
export interface BrokenTemplate {
  readonly kind: 'broken';
  readonly id: string;
  readonly source: string;
  readonly path: string;
  readonly group: string;
  /** For people. */
  readonly message: string;
}

export type TemplateEntry = Template | BrokenTemplate;

/** Group of templates that name none, and of what lies in a source's own folder. */
export const OTHER_GROUP = 'Other';

/** Comes before all other groups. */
export const FIRST_GROUP = 'Start here';

/** Key of the hunts that come with the product: their ids have no prefix. */
export const BUNDLED_SOURCE = 'bundled';

/** Where templates come from, as the setting says. */
export type TemplateSource = {
  /** Stable, usable as a folder's name, unique among the sources. */
  readonly key: string;
  readonly name: string;
} & (
  | { readonly kind: 'bundled' }
  /** Hunting queries saved in the workspace in use. */
  | { readonly kind: 'workspaceQueries' }
  /** Absolute. */
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'git';
      readonly url: string;
      /** Branch or tag; the repository's own choice when absent. */
      readonly ref?: string | undefined;
      /** Folders in it to take; everything when empty. */
      readonly folders: readonly string[];
    }
  | { readonly kind: 'archive'; readonly url: string; readonly folders: readonly string[] }
);

/** A source that is downloaded. */
export type RemoteSource = Extract<TemplateSource, { readonly kind: 'git' | 'archive' }>;

/** The copy of a remote source that is in use. */
export interface DownloadedCopy {
  /** Absolute folder. */
  readonly folder: string;
  /** Commit, or what the server calls this state of the archive; '' when it says nothing. */
  readonly version: string;
  /** ISO 8601. */
  readonly downloadedAt: string;
  /** When this state was made, ISO 8601, where that is known. */
  readonly changedAt?: string | undefined;
  /** Address it came from, for provenance. */
  readonly url: string;
  readonly files: number;
}

/** Where a notebook comes from, kept in its metadata at `huntbook.template`. */
export interface TemplateOrigin {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** Address of the repository, name of the folder's source, or name of the workspace. */
  readonly source: string;
  readonly commit?: string | undefined;
  /** SHA-256 of the template as it was: by it a later version is recognised. */
  readonly hash: string;
}
