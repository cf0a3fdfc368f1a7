import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';

export interface WebPageOptions {
  /** Of the editor's tab type: `huntbook.template`. */
  readonly viewType: string;
  readonly title: string;
  /** Bundle in `dist/pages/`, without `.js`: an ES module that draws the page and speaks with us by messages. */
  readonly bundle: string;
  /** Name of an icon of the product icon theme. */
  readonly icon: string;
  readonly extensionUri: vscode.Uri;
  readonly column?: vscode.ViewColumn;
  /** The focus stays where it is. */
  readonly keepsFocus?: boolean | undefined;
}

/**
 * A page of the product in an editor tab. Its policy allows the product's own script and style alone, by a nonce: whatever text a page
 * shows, nothing in it runs and nothing is loaded from elsewhere.
 */
export class WebPage<ToPage, FromPage> implements Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(options: WebPageOptions, receive: (message: FromPage) => void) {
    const dist = vscode.Uri.joinPath(options.extensionUri, 'dist', 'pages');
    const viewColumn = options.column ?? vscode.ViewColumn.Active;
    const place = { viewColumn, preserveFocus: options.keepsFocus === true };
    this.panel = vscode.window.createWebviewPanel(options.viewType, options.title, place, {
      enableScripts: true,
      enableFindWidget: true,
      retainContextWhenHidden: true,
      localResourceRoots: [dist, vscode.Uri.joinPath(options.extensionUri, 'dist', 'renderer')],
    });
    const { webview } = this.panel;
    this.#store.add(webview.onDidReceiveMessage((message: FromPage) => receive(message)));
    this.#store.add(this.panel.onDidDispose(() => this.#store.dispose()));
    webview.html = html(webview, webview.asWebviewUri(vscode.Uri.joinPath(dist, `${options.bundle}.js`)));
  }

  /** Called when the tab is closed, by whomever. */
  onClose(listener: () => void): Disposable {
    return this.panel.onDidDispose(listener);
  }

  async post(message: ToPage): Promise<void> {
    await this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.panel.dispose();
    this.#store.dispose();
  }
}

function html(webview: vscode.Webview, script: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64');
  // Style sheets are adopted by the script, which the policy lets through; 'unsafe-inline' is for no one.
  const policy = `default-src 'none'; img-src ${webview.cspSource} data:; font-src ${webview.cspSource}; style-src ${webview.cspSource}; script-src 'nonce-${nonce}' ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body><main id="page"></main><script type="module" nonce="${nonce}" src="${script.toString()}"></script></body>
</html>`;
}
