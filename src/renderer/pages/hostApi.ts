/** The editor's side of a page, as webviews have it. Source: https://code.visualstudio.com/api/extension-guides/webview#scripts-and-message-passing */
interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface PageHost {
  post(message: unknown): void;
}

/** Connects the page with the extension host; its messages are of one's own making. May be called once. */
export function connectHost(receive: (message: unknown) => void): PageHost {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => receive(data));
  return { post: (message) => api.postMessage(message) };
}
