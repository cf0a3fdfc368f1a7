import { HuntError } from '../common/errors';
import { type Incident, type IncidentChange, type IncidentFields, MAX_COMMENT_CHARS, classificationReasons } from '../common/incidents';

type FieldName = keyof IncidentFields;

const fieldNames = {
  severity: 'severity',
  status: 'status',
  owner: 'owner',
  labels: 'labels',
  classification: 'classification',
  classificationReason: 'classification reason',
  classificationComment: 'classification comment',
} as const satisfies Readonly<Record<FieldName, string>>;

/**
 * What is to be written when a change meets an incident that may have changed since: field by field, as a three-way merge. Labels are a
 * set, so what one side added and the other removed never stand against each other.
 * @throws HuntError `incidentConflict` when both sides gave a field different values.
 */
export function mergeChange(current: Incident, { base, fields }: IncidentChange): IncidentFields {
  const conflicts = changedNames(fields).filter((name) => {
    const theirs = textOf(current[name]);
    return name !== 'labels' && theirs !== textOf(base[name]) && theirs !== textOf(fields[name]);
  });
  if (conflicts.length > 0) {
    throw new HuntError({
      kind: 'incidentConflict',
      number: current.number,
      fields: conflicts.map((name) => ({
        name: fieldNames[name],
        base: textOf(base[name]),
        theirs: textOf(current[name]),
        ours: textOf(fields[name]),
      })),
    });
  }
  return fields.labels === undefined ? fields : { ...fields, labels: mergeLabels(base.labels, current.labels, fields.labels) };
}

/**
 * The incident with the fields written: an open incident has no classification, as the service keeps it.
 * @throws HuntError `refused` for what the service would refuse.
 */
export function withFields(incident: Incident, fields: IncidentFields): Incident {
  const { owner, ...others } = fields;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)) as IncidentFields;
  const { owner: former, ...rest } = incident;
  const newOwner = owner === undefined ? former : owner;
  const changed: Incident = { ...rest, ...given, ...(newOwner ? { owner: newOwner } : {}) } as Incident;
  // One that was closed without a classification, by automation, can still be relabelled.
  if (changed.status === 'Closed') return closes(fields) ? checkClosing(changed) : changed;
  return { ...changed, classification: undefined, classificationReason: undefined, classificationComment: undefined };
}

/** @throws HuntError `refused` for a comment that the service would refuse. */
export function checkComment(message: string): void {
  if (message.trim() === '') throw new HuntError({ kind: 'refused', message: 'An empty comment says nothing: write something first.' });
  if (message.length <= MAX_COMMENT_CHARS) return;
  const text = `The comment has ${message.length} characters, the service takes ${MAX_COMMENT_CHARS}. Shorten it.`;
  throw new HuntError({ kind: 'refused', message: text });
}

function closes({ status, classification, classificationReason }: IncidentFields): boolean {
  return status !== undefined || classification !== undefined || classificationReason !== undefined;
}

function checkClosing(incident: Incident): Incident {
  const { classification, classificationReason } = incident;
  if (classification === undefined) {
    throw new HuntError({ kind: 'refused', message: `Incident #${incident.number} needs a classification to be closed.` });
  }
  const reasons: readonly string[] = classificationReasons[classification];
  if (reasons.length > 0 && (classificationReason === undefined || !reasons.includes(classificationReason))) {
    const message = `The classification ${classification} takes ${reasons.join(' or ')} as its reason${classificationReason === undefined ? '' : `, not ${classificationReason}`}.`;
    throw new HuntError({ kind: 'refused', message });
  }
  return reasons.length > 0 ? incident : { ...incident, classificationReason: undefined };
}

function changedNames(fields: IncidentFields): readonly FieldName[] {
  return (Object.keys(fieldNames) as FieldName[]).filter((name) => fields[name] !== undefined);
}

function mergeLabels(base: readonly string[], theirs: readonly string[], ours: readonly string[]): readonly string[] {
  const removed = base.filter((label) => !ours.includes(label));
  const added = ours.filter((label) => !base.includes(label));
  return [...new Set([...theirs.filter((label) => !removed.includes(label)), ...added])];
}

/** A field as people read it; two values with the same text are the same value. */
function textOf(value: Incident[FieldName] | null): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if ('name' in value) return value.objectId ?? value.email ?? value.name;
  return value.join(', ');
}
