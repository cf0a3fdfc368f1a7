import * as vscode from 'vscode';
import { notebookText } from '../common/nbformat';

const ERROR_MIME = 'application/vnd.code.notebook.error';
const streams: Readonly<Record<string, string>> = {
  'application/vnd.code.notebook.stdout': 'stdout',
  'application/vnd.code.notebook.stderr': 'stderr',
};

/** The notebook as it is in the editor, as the text of an `.ipynb`: what is not saved yet is in it. */
export function currentNotebookText(notebook: vscode.NotebookDocument): string {
  return notebookText({ cells: notebook.getCells().map(cellJson), metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function cellJson(cell: vscode.NotebookCell): object {
  const source = cell.document.getText();
  if (cell.kind === vscode.NotebookCellKind.Markup) return { cell_type: 'markdown', metadata: {}, source };
  const metadata = { vscode: { languageId: cell.document.languageId } };
  return { cell_type: 'code', execution_count: null, metadata, outputs: cell.outputs.flatMap(outputJson), source };
}

/** An output as nbformat has it: errors and streams are kinds of their own there, and are media types in the editor. */
function outputJson(output: vscode.NotebookCellOutput): object[] {
  const error = output.items.find(({ mime }) => mime === ERROR_MIME);
  if (error) {
    const { name, message, stack } = JSON.parse(decode(error.data)) as Partial<Error>;
    return [{ ename: name ?? '', evalue: message ?? '', output_type: 'error', traceback: (stack ?? message ?? '').split('\n') }];
  }
  const written = output.items.flatMap(({ mime, data }) => {
    const name = streams[mime];
    return name === undefined ? [] : [{ name, output_type: 'stream', text: decode(data) }];
  });
  if (written.length > 0) return written;
  const data = Object.fromEntries(output.items.map((item) => [item.mime, itemJson(item)]));
  return [{ data, metadata: {}, output_type: 'display_data' }];
}

function decode(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

function itemJson({ mime, data }: vscode.NotebookCellOutputItem): unknown {
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') return Buffer.from(data).toString('base64');
  const text = decode(data);
  return mime.endsWith('json') ? (JSON.parse(text) as unknown) : text;
}
