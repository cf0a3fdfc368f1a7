import { describe, expect, it } from 'vitest';
import { HuntError, type HuntErrorData } from '../../../src/common/errors';
import type { Incident, IncidentFields } from '../../../src/common/incidents';
import { checkComment, mergeChange, withFields } from '../../../src/workspaces/incidentChanges';
import { incident } from './incidents';

function refusal(work: () => unknown): HuntErrorData {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof HuntError) return thrown.data;
    throw thrown;
  }
  return expect.fail('nothing was refused');
}

const dana = { name: 'Dana Ruiz', objectId: 'dana' };
const lee = { name: 'Lee Park', objectId: 'lee' };

describe('a change that meets an incident', () => {
  type Fields = Partial<Incident>;
  /** What it was, what someone else made of it, what is to be written, and what comes of it. */
  const merges: readonly (readonly [what: string, base: Fields, theirs: Fields, ours: IncidentFields, merged: IncidentFields])[] = [
    ['that nobody touched is written', {}, {}, { severity: 'High' }, { severity: 'High' }],
    ['whose other fields changed is written', {}, { severity: 'Low', owner: lee }, { status: 'Active' }, { status: 'Active' }],
    ['that has the same value by now is written', {}, { severity: 'High' }, { severity: 'High' }, { severity: 'High' }],
    ['that was given back meanwhile is written', { owner: dana }, { owner: undefined }, { owner: null }, { owner: null }],
    ['whose owner is spelled another way is written', { owner: dana }, { owner: { ...dana, name: 'D. Ruiz' } }, { owner: lee }, { owner: lee }],
    ['adds its labels to theirs', { labels: ['a'] }, { labels: ['a', 'b'] }, { labels: ['a', 'c'] }, { labels: ['a', 'b', 'c'] }],
    ['takes out only its own labels', { labels: ['a', 'b'] }, { labels: ['b', 'c'] }, { labels: ['a'] }, { labels: ['c'] }],
    ['has a label once that both added', { labels: [] }, { labels: ['x'] }, { labels: ['x'] }, { labels: ['x'] }],
  ];
  for (const [what, base, theirs, ours, merged] of merges) {
    it(what, () => {
      expect(mergeChange(incident({ ...base, ...theirs }), { base: incident(base), fields: ours })).toEqual(merged);
    });
  }

  it('and changes what someone else changed to something else is a conflict that tells all values', () => {
    const current = incident({ number: 7, severity: 'Low', owner: lee, status: 'Active' });
    const change = { base: incident({ number: 7, owner: dana }), fields: { severity: 'High', owner: null, status: 'Active', labels: ['mine'] } } as const;
    expect(refusal(() => mergeChange(current, change))).toEqual({
      kind: 'incidentConflict',
      number: 7,
      fields: [
        { name: 'severity', base: 'Medium', theirs: 'Low', ours: 'High' },
        { name: 'owner', base: 'dana', theirs: 'lee', ours: '' },
      ],
    });
  });
});

describe('an incident with fields written', () => {
  it('keeps what was not given', () => {
    const before = incident({ owner: dana, labels: ['a'] });
    expect(withFields(before, { severity: 'High' })).toMatchObject({ severity: 'High', owner: dana, labels: ['a'], status: 'New' });
    expect(withFields(before, { owner: null })).not.toHaveProperty('owner');
  });

  it('that automation closed without a classification takes labels, and needs one to be closed anew', () => {
    const closed = incident({ status: 'Closed' });
    expect(withFields(closed, { labels: ['seen'] })).toMatchObject({ status: 'Closed', labels: ['seen'] });
    expect(refusal(() => withFields(closed, { status: 'Closed' }))).toMatchObject({ kind: 'refused' });
  });

  it('loses its classification when it is opened again', () => {
    const closed = incident({ status: 'Closed', classification: 'TruePositive', classificationReason: 'SuspiciousActivity', classificationComment: 'c' });
    const open = withFields(closed, { status: 'Active' });
    expect([open.classification, open.classificationReason, open.classificationComment]).toEqual([undefined, undefined, undefined]);
  });

  // Pairs as https://learn.microsoft.com/rest/api/securityinsights/incidents/create-or-update lists them.
  const closings: readonly (readonly [IncidentFields, string | undefined])[] = [
    [{ classification: 'TruePositive', classificationReason: 'SuspiciousActivity' }, undefined],
    [{ classification: 'BenignPositive', classificationReason: 'SuspiciousButExpected' }, undefined],
    [{ classification: 'FalsePositive', classificationReason: 'InaccurateData' }, undefined],
    [{ classification: 'FalsePositive', classificationReason: 'IncorrectAlertLogic' }, undefined],
    [{ classification: 'Undetermined' }, undefined],
    [{}, 'needs a classification'],
    [{ classification: 'TruePositive' }, 'takes SuspiciousActivity as its reason.'],
    [{ classification: 'FalsePositive', classificationReason: 'SuspiciousActivity' }, 'InaccurateData or IncorrectAlertLogic as its reason, not'],
  ];
  for (const [fields, problem] of closings) {
    it(`closes as ${JSON.stringify(fields)}: ${problem ?? 'yes'}`, () => {
      const close = (): Incident => withFields(incident(), { status: 'Closed', ...fields });
      if (problem === undefined) expect(close()).toMatchObject({ status: 'Closed', ...fields });
      else expect(refusal(close)).toMatchObject({ kind: 'refused', message: expect.stringContaining(problem) as string });
    });
  }

  it('has no reason where there is none to give', () => {
    const closed = withFields(incident(), { status: 'Closed', classification: 'Undetermined', classificationReason: 'InaccurateData' });
    expect(closed.classificationReason).toBeUndefined();
  });
});

it('a comment has 1 to 30,000 characters', () => {
  expect(refusal(() => checkComment(' \n'))).toMatchObject({ kind: 'refused' });
  expect(refusal(() => checkComment('x'.repeat(30_001)))).toMatchObject({ message: expect.stringContaining('30001') as string });
  expect(() => checkComment('x'.repeat(30_000))).not.toThrow();
});
