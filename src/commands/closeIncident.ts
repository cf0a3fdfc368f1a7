import * as vscode from 'vscode';
import { type ClassificationReason, type IncidentClassification, classificationReasons, classifications } from '../common/incidents';
import { type Command, field } from './command';
import type { IncidentTarget, IncidentWriter } from './incidentWriting';

interface Verdict {
  readonly classification: IncidentClassification;
  readonly classificationReason?: ClassificationReason | undefined;
}

/** Each classification with each of its reasons. */
const verdicts = classifications.flatMap((classification): readonly Verdict[] => {
  const reasons: readonly ClassificationReason[] = classificationReasons[classification];
  return reasons.length === 0 ? [{ classification }] : reasons.map((classificationReason) => ({ classification, classificationReason }));
});

/**
 * Closes an incident. Takes a node of the Incidents view or `{number, classification, reason, comment, onConflict}`; asks for what is
 * missing.
 */
export class CloseIncident implements Command {
  readonly id = 'huntbook.closeIncident';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (target) await this.close(target, given);
  }

  async close(target: IncidentTarget, given: unknown): Promise<void> {
    const verdict = verdictOf(given) ?? (await askVerdict(target.incident.number));
    if (!verdict) return;
    const comment = field(given, 'comment') ?? (await askComment());
    if (typeof comment !== 'string') return;
    const words = comment.trim() === '' ? {} : { classificationComment: comment };
    await this.#writer.change(target, { status: 'Closed', ...verdict, ...words }, given);
  }
}

function verdictOf(given: unknown): Verdict | undefined {
  const [classification, reason] = [field(given, 'classification'), field(given, 'reason')];
  return verdicts.find((one) => one.classification === classification && (one.classificationReason === reason || reason === undefined));
}

async function askVerdict(number: number): Promise<Verdict | undefined> {
  const { t } = vscode.l10n;
  const names: Readonly<Record<IncidentClassification, string>> = {
    TruePositive: t('True positive'),
    BenignPositive: t('Benign positive'),
    FalsePositive: t('False positive'),
    Undetermined: t('Undetermined'),
  };
  const reasons: Readonly<Record<ClassificationReason, string>> = {
    SuspiciousActivity: t('suspicious activity'),
    SuspiciousButExpected: t('suspicious but expected'),
    InaccurateData: t('inaccurate data'),
    IncorrectAlertLogic: t('incorrect alert logic'),
  };
  const items = verdicts.map((verdict) => ({
    label: names[verdict.classification],
    description: verdict.classificationReason === undefined ? '' : reasons[verdict.classificationReason],
    verdict,
  }));
  const title = t('Close incident #{0} as', number);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.verdict;
}

function askComment(): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title: vscode.l10n.t('Why?'), prompt: vscode.l10n.t('Stands with the classification; may be empty') });
}
