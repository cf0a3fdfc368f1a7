import type { Incident, IncidentFields } from '../common/incidents';

/** Fields that make an incident again what it was before a change; undefined when the change changed nothing. */
export function undoFields(before: Incident, after: Incident): IncidentFields | undefined {
  const fields: { -readonly [name in keyof IncidentFields]: IncidentFields[name] } = {};
  if (before.severity !== after.severity) fields.severity = before.severity;
  if (!isSame(before.labels, after.labels)) fields.labels = before.labels;
  if (!isSame(before.owner, after.owner)) fields.owner = before.owner ?? null;
  const verdict = ({ classification, classificationReason, classificationComment = '' }: Incident): unknown => [classification, classificationReason, classificationComment];
  if (before.status !== after.status || !isSame(verdict(before), verdict(after))) {
    fields.status = before.status;
    // An open incident has none: the service takes it away with the status.
    if (before.status === 'Closed') {
      fields.classification = before.classification;
      fields.classificationReason = before.classificationReason;
      fields.classificationComment = before.classificationComment;
    }
  }
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
