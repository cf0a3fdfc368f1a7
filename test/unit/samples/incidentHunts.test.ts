import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notebookText } from '../../../src/common/nbformat';
import { incidentNotebook } from '../../../src/sentinel/incidentNotebook';
import { infrastructure, implant, victim } from '../../../src/workspaces/sample/attack';
import { HuntBench, type HuntRun } from './runHunt';

const now = new Date('2026-03-13T15:30:00Z');
const bench = new HuntBench(now);
const runs = new Map<number, HuntRun>();

/** Of the attack: one for each kind of story; of the noise: one. */
const numbers = [1031, 1040, 1042, 1044, 1045, 1046, 1048];

beforeAll(async () => {
  await bench.connect({ kind: 'sample' });
  const tables = await bench.tables();
  for (const number of numbers) {
    const details = await bench.incident(number);
    runs.set(number, await bench.runText(notebookText(incidentNotebook(details, { now, tables }))));
  }
}, 300_000);
afterAll(() => bench.dispose());

const run = (number: number): HuntRun => {
  const found = runs.get(number);
  if (!found) throw new Error(`incident ${number} was not hunted`);
  return found;
};

/** Does any row of any result mention a text? */
const mentions = (number: number, result: string, text: string): boolean =>
  JSON.stringify(run(number).rows(result)).toLowerCase().includes(text.toLowerCase());

describe.each(numbers)('hunt from incident %i', (number) => {
  it('runs from beginning to end and finds something', () => {
    expect(run(number).failures).toEqual([]);
    expect([...run(number).rowCounts.values()].some((count) => count > 0)).toBe(true);
  });
});

describe('the notebooks of the attack', () => {
  it('show the new address of the victim', () => {
    expect(mentions(1042, 'account_new_addresses', infrastructure.operatorIp)).toBe(true);
    expect(mentions(1042, 'mailbox_rules', infrastructure.forwardingAddress)).toBe(true);
    expect(mentions(1042, 'account_changes', 'Consent to application')).toBe(true);
  });

  it('have the alerts and what they name as results', () => {
    expect(run(1040).rowCounts.get('incident_alerts')).toBeGreaterThan(1);
    expect(mentions(1040, 'incident_entities', victim.upn)).toBe(true);
    expect(mentions(1040, 'timeline', 'Password spray attack')).toBe(true);
  });

  it('show the implant on the server', () => {
    expect(mentions(1044, 'host_process_tree', implant.file)).toBe(true);
    expect(mentions(1044, 'timeline', victim.upn)).toBe(true);
  });

  it('show who met the command server and what is known of it', () => {
    expect(mentions(1045, 'ip_intelligence', 'C2')).toBe(true);
    expect(mentions(1045, 'ip_connections', implant.file)).toBe(true);
  });
});
