import * as vscode from 'vscode';
import type { Disposable } from '../common/disposable';
import type { Incident, IncidentStatus } from '../common/incidents';

const SCHEME = 'huntbook-incident';

/** Under this address the status of an incident decorates its row. */
export function statusUri(workspaceId: string, incident: Incident): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${incident.number}`, query: workspaceId, fragment: incident.status });
}

/** The status of each incident at the right edge of its row, where a long title cannot push it out of sight. */
export class IncidentDecorations implements vscode.FileDecorationProvider, Disposable {
  readonly #registration = vscode.window.registerFileDecorationProvider(this);

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    const decoration = decorations[uri.fragment];
    return decoration && new vscode.FileDecoration(decoration.badge, uri.fragment, decoration.color);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

const decorations: Readonly<Partial<Record<string, { readonly badge: string; readonly color?: vscode.ThemeColor }>>> = {
  New: { badge: 'N' },
  Active: { badge: 'A' },
  Closed: { badge: 'C', color: new vscode.ThemeColor('disabledForeground') },
} satisfies Record<IncidentStatus, unknown>;
