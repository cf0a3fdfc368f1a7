import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { type IncidentOwner, isSameOwner } from '../common/incidents';
import { lineOfData } from '../views/dataText';
import { type Command, field } from './command';
import type { IncidentTarget, IncidentWriter } from './incidentWriting';

/**
 * Gives an incident to someone. Takes a node of the Incidents view or `{number, owner, onConflict}`, where the owner is `me`, `nobody` or
 * an `IncidentOwner`; asks for what is missing.
 */
export class AssignIncident implements Command {
  readonly id = 'huntbook.assignIncident';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (!target) return;
    const owner = await this.#owner(target, field(given, 'owner'));
    if (owner !== undefined) await this.#writer.change(target, { owner }, given);
  }

  async #owner(target: IncidentTarget, given: unknown): Promise<IncidentOwner | null | undefined> {
    if (given === 'nobody') return null;
    if (given !== undefined && given !== 'me') return given as IncidentOwner;
    const me = await this.#writer.me(target.workspaceId);
    if (given === undefined) return ask(me, await this.#writer.owners(), target.incident.owner);
    if (me) return me;
    throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Who you are is known with an account of VS Code alone: choose an owner.') });
  }
}

async function ask(
  me: IncidentOwner | undefined,
  owners: readonly IncidentOwner[],
  current: IncidentOwner | undefined,
): Promise<IncidentOwner | null | undefined> {
  const { t } = vscode.l10n;
  const others = owners.filter((owner) => !isSameOwner(owner, me));
  const items = [
    ...(me ? [{ label: t('Me'), description: lineOfData(me.email ?? me.name), iconPath: new vscode.ThemeIcon('person-add'), owner: me }] : []),
    { label: t('Nobody'), description: '', iconPath: new vscode.ThemeIcon('circle-slash'), owner: null },
    ...others.map((owner) => ({
      label: lineOfData(owner.name),
      description: [lineOfData(owner.email ?? ''), isSameOwner(owner, current) ? t('now') : ''].filter((part) => part !== '').join(' · '),
      iconPath: new vscode.ThemeIcon('person'),
      owner,
    })),
  ];
  return (await vscode.window.showQuickPick(items, { title: t('Owner'), matchOnDescription: true }))?.owner;
}
