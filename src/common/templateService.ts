/** What the template worker does for the extension host: everything that reads many files, parses large ones or talks with git. */
import type { HuntingQuery } from './sentinelService';
import type { DownloadedCopy, RemoteSource, Template, TemplateEntry, TemplateOrigin } from './templates';

/** A folder of templates to be read. */
export interface ReadSource {
  /** {@link import('./templates').TemplateSource.key} */
  readonly source: string;
  readonly folder: string;
  /** Describes the files' state: what was read in another state is read again. The file times suffice when absent. */
  readonly version?: string | undefined;
  /** When that state was made, ISO 8601: the last change of what differs from before. */
  readonly changedAt?: string | undefined;
}

export interface DownloadProgress {
  /** For people. */
  readonly message: string;
  /** 0 to 1, when known. */
  readonly fraction?: number | undefined;
}

/** A cell as a page shows it. */
export interface CellPreview {
  readonly kind: 'markdown' | 'code';
  readonly language: string;
  readonly text: string;
}

export interface TemplateDetails {
  readonly cells: readonly CellPreview[];
  /** Cells in all; more than given when cut. */
  readonly cellCount: number;
  /** The introduction as Markdown without HTML. */
  readonly introduction: string;
  /** So many of the first cells are the introduction. */
  readonly introductionCells: number;
  /** The parameters cell. */
  readonly parametersCell?: CellPreview | undefined;
}

/** Identity of the workspace that a notebook is made for, for the files that MSTICPy and Sentinel's notebooks read. */
export interface WorkspaceIdentity {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Customer id: a GUID. */
  readonly workspaceId: string;
  readonly workspaceName: string;
}

export interface CreateNotebook {
  readonly template: Template;
  /** What the notebook says of its origin. */
  readonly origin: TemplateOrigin;
  /** Made when missing. */
  readonly folder: string;
  /** With or without `.ipynb`. */
  readonly name: string;
  /** Replace a file of that name. */
  readonly overwrite: boolean;
  /** ISO 8601. */
  readonly now: string;
  /** Absent: placeholders stay as they are. */
  readonly workspace?: WorkspaceIdentity | undefined;
}

export interface CreatedNotebook {
  /** Absolute. */
  readonly file: string;
  readonly language: string;
  /** What was done or left beside the notebook, for people: a kernel that was replaced, a configuration that was written. */
  readonly notes: readonly string[];
}

/** A template from which a notebook was made, and which has changed since. */
export interface ChangedTemplate {
  readonly templateId: string;
  /** The notebook. */
  readonly file: string;
  readonly hash: string;
}

/** As {@link import('./rpc').Service}. */
export interface TemplateService {
  /** All templates of a folder, in the order to show them. @throws HuntError `storage` when the folder itself cannot be read. */
  readonly read: { readonly argument: ReadSource; readonly answer: readonly TemplateEntry[] };
  /** Hunting queries saved in a workspace, as templates of a source. */
  readonly describeSaved: {
    readonly argument: { readonly source: string; readonly queries: readonly HuntingQuery[] };
    readonly answer: readonly Template[];
  };
  /** The copies that are there, by key. */
  readonly copies: { readonly argument: { readonly keys: readonly string[] }; readonly answer: Readonly<Record<string, DownloadedCopy>> };
  /** @throws HuntError `notFound` of the program git when there is none; the last good copy stays whatever fails. */
  readonly downloadWithGit: {
    readonly argument: { readonly source: RemoteSource; readonly url: string; readonly proxy?: string | undefined };
    readonly answer: DownloadedCopy;
    readonly progress: DownloadProgress;
  };
  /** Where {@link installArchive} expects the archive of a source, complete or in part. */
  readonly archiveFile: { readonly argument: { readonly key: string }; readonly answer: string };
  /** Unpacks a downloaded archive and makes it the copy in use. */
  readonly installArchive: {
    readonly argument: { readonly source: RemoteSource; readonly url: string; readonly file: string; readonly version: string };
    readonly answer: DownloadedCopy;
    readonly progress: DownloadProgress;
  };
  /** The notebook that a template is or makes, without outputs, as text of an `.ipynb` file. */
  readonly notebookText: { readonly argument: { readonly template: Template }; readonly answer: string };
  readonly details: { readonly argument: { readonly template: Template }; readonly answer: TemplateDetails };
  readonly create: { readonly argument: CreateNotebook; readonly answer: CreatedNotebook };
  /** Of these templates, the ones whose notebooks were made from an earlier version. */
  readonly changedSinceMade: {
    readonly argument: { readonly templates: readonly { readonly id: string; readonly hash: string }[] };
    readonly answer: readonly ChangedTemplate[];
  };
  /** The template as it was when a notebook was made from it, as text of an `.ipynb` file. */
  readonly textWhenMade: { readonly argument: { readonly hash: string }; readonly answer: string };
}
