import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Column, KqlType } from '../../../src/common/kqlTypes';
import type { KqlSchema } from '../../../src/kql/globals';
import { LanguageNotebook } from '../../../src/language/languageNotebook';

/** A table as `Name a:string b:long`. */
export function table(text: string): KqlSchema['tables'][number] {
  const [name = '', ...columns] = text.split(' ');
  return { name, columns: columns.map(column) };
}

function column(text: string): Column {
  const [name = '', type = 'string'] = text.split(':');
  return { name, type: type as KqlType };
}

export const testSchema: KqlSchema = {
  tables: [
    table('SigninLogs TimeGenerated:datetime UserPrincipalName IPAddress ResultType AppDisplayName LocationDetails:dynamic'),
    table('DeviceProcessEvents TimeGenerated:datetime DeviceName FileName ProcessCommandLine ProcessId:long'),
    table('AuditLogs TimeGenerated:datetime OperationName InitiatedBy:dynamic Id'),
  ],
  functions: [{ name: 'RecentSignins', parameters: 'days:int=7', body: 'SigninLogs | where TimeGenerated > ago(1d * days)' }],
  watchlists: [table('vips Upn Department')],
};

export interface Marked {
  readonly notebook: LanguageNotebook;
  /** URI of the cell with the mark; the last cell without one. */
  readonly uri: string;
  /** Of the mark `‸`. */
  readonly offset: number;
}

export const cellUri = (number: number): string => `cell:${number}`;

interface Given {
  readonly schema?: KqlSchema;
  /** Columns of results that cells have given, as `name a:string`. */
  readonly results?: readonly string[];
  /** The notebook's own. */
  readonly workspace?: string;
  /** A `.kql` file, which is one cell. */
  readonly isScript?: boolean;
}

/** A notebook of cells; `‸` marks a place in one of them. */
export function marked(cells: readonly string[], given: Given = {}): Marked {
  const { schema = testSchema, results = [], isScript, workspace } = given;
  const known = new Map(results.map(table).map(({ name, columns }) => [name, columns]));
  const notebook = new LanguageNotebook({ workspace, schemaOf: () => schema, resultColumns: (name) => known.get(name) });
  let uri = cellUri(cells.length);
  let offset = cells.at(-1)?.length ?? 0;
  const texts = cells.map((text, index) => {
    const at = text.indexOf('‸');
    if (at < 0) return text;
    uri = cellUri(index + 1);
    offset = at;
    return text.replace('‸', '');
  });
  notebook.setCells(texts.map((text, index) => ({ document: TextDocument.create(cellUri(index + 1), 'kusto', 1, text), number: index + 1, isScript })));
  return { notebook, uri, offset };
}
