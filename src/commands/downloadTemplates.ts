import * as vscode from 'vscode';
import { toHuntError } from '../common/errors';
import type { RemoteSource, TemplateSource } from '../common/templates';
import { isRemote, type TemplateLibrary } from '../views/templateLibrary';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field } from './command';

/**
 * Downloads a source of templates or brings its newest version; all of them when none is given. Nothing is downloaded otherwise.
 * Templates that changed since notebooks were made of them are told, to be compared.
 */
export class DownloadTemplates implements Command {
  readonly id = 'huntbook.downloadTemplates';
  readonly #view: TemplatesView;
  readonly #library: TemplateLibrary;
  #underWay: Promise<void> | undefined;

  constructor(view: TemplatesView) {
    this.#view = view;
    this.#library = view.library;
  }

  async run(node?: unknown): Promise<void> {
    const given = field(field(node, 'state'), 'source') as TemplateSource | undefined;
    const sources = this.#library.sources().sources.filter(isRemote);
    const wanted = given ? sources.filter(({ key }) => key === given.key) : sources;
    if (wanted.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No source of templates is downloaded. Name one in the setting huntbook.templates.sources.'));
      return;
    }
    this.#underWay ??= this.#download(wanted).finally(() => (this.#underWay = undefined));
    await this.#underWay;
  }

  async #download(sources: readonly RemoteSource[]): Promise<void> {
    const failures: string[] = [];
    const came: string[] = [];
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Templates'), cancellable: true },
      async (progress, token) => {
        for (const source of sources) {
          const before = this.#library.latest.find(({ source: { key } }) => key === source.key);
          const version = before?.kind === 'read' || before?.kind === 'failed' ? before.copy?.version : undefined;
          try {
            const copy = await this.#library.download(source, token, ({ message }) => progress.report({ message: `${source.name}: ${message}` }));
            came.push(
              copy.version === version
                ? vscode.l10n.t('{0} is up to date.', source.name)
                : vscode.l10n.t('{0}: {1} files of version {2}.', source.name, copy.files, copy.version.slice(0, 7)),
            );
          } catch (thrown) {
            const error = toHuntError(thrown);
            if (error.data.kind === 'cancelled') return;
            failures.push(`${source.name}: ${error.message}`);
          }
        }
      },
    );
    if (failures.length > 0) void this.#showFailures(failures, sources);
    else if (came.length > 0) void this.#showChanges(came.join(' '));
  }

  async #showFailures(failures: readonly string[], sources: readonly RemoteSource[]): Promise<void> {
    const retry = vscode.l10n.t('Try Again');
    const kept = vscode.l10n.t('What was downloaded before stays.');
    if ((await vscode.window.showErrorMessage(`${failures.join(' ')} ${kept}`, retry)) === retry) await this.#download(sources);
  }

  async #showChanges(message: string): Promise<void> {
    const changed = await this.#library.changedSinceMade();
    this.#view.redraw();
    if (changed.length === 0) {
      void vscode.window.showInformationMessage(message);
      return;
    }
    const show = vscode.l10n.t('Show Changes');
    const told = vscode.l10n.t('{0} templates that you made notebooks from have changed.', changed.length);
    if ((await vscode.window.showInformationMessage(`${message} ${told}`, show)) === show) await vscode.commands.executeCommand('huntbook.showTemplateChanges');
  }
}
