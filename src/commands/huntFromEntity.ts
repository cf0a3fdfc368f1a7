import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { HuntError } from '../common/errors';
import { entityHeadings, entityName } from '../common/entityText';
import type { Entity, IncidentDetails } from '../common/incidents';
import { notebookText } from '../common/nbformat';
import type { EngineClient } from '../notebook/engineClient';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { entityOf, guessEntities, huntableKinds } from '../sentinel/entityGuess';
import { entityNotebook } from '../sentinel/entityNotebook';
import { tablesWithData } from '../sentinel/huntSection';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';

/**
 * Makes a notebook that hunts for one entity. Takes `{entity, workspaceId, number}`, where the number is that of the incident in which it
 * was met; a node of the Incidents view, to choose among its entities; or `{kind, value}`; asks otherwise.
 */
export class HuntFromEntity implements Command {
  readonly id = 'huntbook.huntFromEntity';
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #notebooks: HuntNotebooks;

  constructor(engine: EngineClient, workspaces: Workspaces, accounts: AzureAccounts, notebooks: HuntNotebooks) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const id = textField(given, 'workspaceId') ?? this.#workspaces.chosen.id;
    const workspace = await this.#accounts.withSignIn(() => this.#workspaces.connect(id));
    const number = field(given, 'number') ?? field(field(given, 'incident'), 'number');
    const details = typeof number === 'number' ? await this.#engine.call('getIncident', { workspaceId: workspace.id, number }) : undefined;
    const entity = givenEntity(given) ?? (details ? await askEntityOf(details) : await askEntity());
    if (!entity) return;
    const tables = tablesWithData(await this.#workspaces.schema(workspace.id));
    const notebook = entityNotebook(entity, { now: new Date(), tables, workspaceId: workspace.id, incident: details?.incident });
    await this.#notebooks.openUntitled(notebookText(notebook), '');
  }
}

/** @throws HuntError `refused` for a value that cannot be of the kind. */
function givenEntity(given: unknown): Entity | undefined {
  const entity = field(given, 'entity');
  if (typeof entity === 'object' && entity !== null) return entity as Entity;
  const value = textField(given, 'value');
  if (value === undefined) return undefined;
  const kind = huntableKinds.find((known) => known === field(given, 'kind'));
  const made = kind === undefined ? guessEntities(value)[0] : entityOf(kind, value);
  if (made) return made;
  throw new HuntError({ kind: 'refused', message: vscode.l10n.t('"{0}" does not name an entity of that kind.', lineOfData(value)) });
}

/** One of those that the incident names. */
async function askEntityOf({ incident, entities }: IncidentDetails): Promise<Entity | undefined> {
  const { t } = vscode.l10n;
  const huntable = entities.filter(({ kind }) => kind !== 'Other');
  const items = huntable.map((entity) => ({ label: lineOfData(entityName(entity)), description: entityHeadings[entity.kind], entity }));
  const title = items.length === 0 ? t('Incident #{0} names no entity', incident.number) : t('Entity of incident #{0} to hunt from', incident.number);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.entity;
}

async function askEntity(): Promise<Entity | undefined> {
  const { t } = vscode.l10n;
  const value = await vscode.window.showInputBox({
    title: t('Hunt from entity'),
    prompt: t('An address, account, host, hash, URL, domain, mailbox, file, or the id of an Azure resource'),
    validateInput: (text) => (text.trim() === '' || guessEntities(text).length > 0 ? undefined : t('This names none of them')),
  });
  if (value === undefined || value.trim() === '') return undefined;
  const guesses = guessEntities(value);
  if (guesses.length <= 1) return guesses[0];
  const items = guesses.map((entity) => ({ label: entityHeadings[entity.kind], description: lineOfData(entityName(entity)), entity }));
  return (await vscode.window.showQuickPick(items, { title: t('What is it?') }))?.entity;
}
