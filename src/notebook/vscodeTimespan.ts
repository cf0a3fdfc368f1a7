import * as vscode from 'vscode';
import { isTimespan } from './timespanText';
import { notebookTimespan } from './vscodeNotebookMetadata';

/** The time range of a notebook's queries in Azure that name none, and who set it. */
export interface HuntTimespan {
  /** ISO 8601. */
  readonly timespan: string;
  readonly from: 'notebook' | 'setting';
}

/** As the Azure portal begins. */
const FALLBACK = 'P1D';

/** The notebook's own, else the setting `huntbook.defaultTimespan`; never none: what is not shown would be hidden. */
export function huntTimespan(notebook: vscode.NotebookDocument): HuntTimespan {
  const own = notebookTimespan(notebook);
  if (own !== undefined && isTimespan(own)) return { timespan: own, from: 'notebook' };
  return { timespan: settingTimespan(notebook.uri), from: 'setting' };
}

/** As the setting `huntbook.defaultTimespan` has it for a document. */
export function settingTimespan(uri: vscode.Uri): string {
  const setting = vscode.workspace.getConfiguration('huntbook', uri).get<string>('defaultTimespan', FALLBACK);
  return isTimespan(setting) ? setting : FALLBACK;
}
