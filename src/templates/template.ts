/** A notebook that an analyst makes a notebook from, as its file describes itself. */
export interface Template {
  readonly kind: 'template';
  /** Path below the templates' folder, without extension, with `/`: `password-spray`. Stable between versions. */
  readonly id: string;
  /** Absolute path of the file. */
  readonly path: string;
  readonly title: string;
  /** One sentence; '' when the notebook has none. */
  readonly description: string;
  readonly group: string;
  /** MITRE ATT&CK tactics as Sentinel spells them (`InitialAccess`) and technique ids (`T1110.003`). */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** Tables that its queries read. */
  readonly tables: readonly string[];
  readonly version: string;
  readonly author: string;
  /** Names that the cell tagged `parameters` defines. */
  readonly parameters: readonly string[];
}

/** A file that looks like a template and cannot be read: listed with its error, so that nobody wonders where it is. */
export interface BrokenTemplate {
  readonly kind: 'broken';
  readonly id: string;
  readonly path: string;
  /** For people. */
  readonly message: string;
}

export type TemplateEntry = Template | BrokenTemplate;

/** Group of templates that name none, and of broken ones. */
export const OTHER_GROUP = 'Other';

/** Comes before all other groups. */
export const FIRST_GROUP = 'Start here';
