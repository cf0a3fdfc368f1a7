import { describe, expect, it } from 'vitest';
import type { FromIncidentPage, IncidentPageState, ToIncidentPage } from '../../src/common/incidentPage';
import { incidentTimeline } from '../../src/sentinel/incidentTimeline';
import { testResults } from '../../scripts/lib/paths.mjs';
import { violations } from './axe';
import { type Theme, themes } from './harness';
import { type OpenedPage, usePage } from './pageHarness';

const alertEntities = '[{"Type":"account","Name":"nora.lindqvist"},{"Type":"ip","Address":"192.0.2.77"}]';
const open = usePage<ToIncidentPage, FromIncidentPage>('src/renderer/pages/incident.ts');

const details: IncidentPageState['details'] = {
  incident: {
    number: 1042,
    title: 'Inbox rule forwards mail of finance <img src=x onerror=alert(1)>',
    description: 'A rule forwards mail with "invoice" to an address outside the organisation.',
    severity: 'High',
    status: 'New',
    createdTime: '2026-11-17T09:00:00Z',
    lastModifiedTime: '2026-11-17T10:00:00Z',
    firstActivityTime: '2026-11-17T06:47:30Z',
    lastActivityTime: '2026-11-17T07:12:05Z',
    tactics: ['InitialAccess', 'Collection'],
    techniques: ['T1114.003'],
    labels: ['finance'],
    providers: ['Microsoft Defender XDR'],
    alertCount: 1,
    commentCount: 1,
    etag: '1',
    portalUrl: 'https://portal.azure.com/',
  },
  alerts: [
    {
      id: 'a',
      name: 'Suspicious inbox rule',
      description: '',
      severity: 'High',
      product: 'Defender for Cloud Apps',
      startTime: '2026-11-17T06:47:30Z',
      endTime: '2026-11-17T06:47:30Z',
      tactics: ['Collection'],
    },
  ],
  entities: [
    { kind: 'Account', upn: 'nora.lind@contoso.com', name: 'CONTOSO\\nora.lind' },
    { kind: 'Ip', address: '192.0.2.77', country: 'NL' },
    { kind: 'Host', name: 'APP02', domain: 'contoso.local', os: 'Windows Server 2022' },
    { kind: 'Process', name: 'powershell.exe', commandLine: 'powershell.exe -nop -w hidden -enc SQBFAFgA' },
    { kind: 'Other', type: 'SecurityGroup', name: 'Finance' },
  ],
  comments: [
    {
      id: 'c1',
      author: 'Dana Ruiz',
      createdTime: '2026-11-17T09:30:00Z',
      message:
        'Called **Nora**: she did not make it.\n\n- rule deleted\n- sessions revoked\n\n<script>window.pwned = true</script> ![x](https://evil.example/a.png) [report](https://contoso.example/r) [bad](javascript:alert(1)) [no](command:workbench.action.quit)\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    },
  ],
  bookmarks: [{ id: 'b1', name: 'New-InboxRule by Nora', notes: 'From **Tor**', createdTime: '2026-11-17T09:40:00Z', query: 'OfficeActivity\n| where Operation == "New-InboxRule"' }],
};

const priya = { name: 'Priya Raman', email: 'priya.raman@contoso.com' };
const state: IncidentPageState = {
  workspaceName: 'contoso-soc',
  details,
  timeline: incidentTimeline(details, [{ time: '2026-11-17T09:12:00Z', kind: 'changed', title: 'Incident changed', detail: 'status New → Active', who: 'Dana Ruiz' }]),
  evidence: { kind: 'ready', value: [{ alertId: 'a', alertName: 'Suspicious inbox rule', time: '2026-11-17T06:47:30Z', facts: [{ name: 'Client IP Address', value: '192.0.2.77' }], entities: alertEntities, query: 'OfficeActivity | take 10' }] },
  tasks: { kind: 'ready', value: [{ id: 't1', title: 'Revoke sessions', description: 'In **Entra**', status: 'New', createdTime: '', createdBy: '' }] },
  similar: { kind: 'ready', value: [{ incident: { ...details.incident, number: 1041, title: 'Password spray', severity: 'Medium' }, shared: details.entities.slice(0, 2), sameTitle: false }] },
  notebooks: [{ name: 'incident-1042.ipynb', uri: 'file:///incident-1042.ipynb' }],
  people: [priya, { name: 'Dana Ruiz', email: 'dana.ruiz@contoso.com' }],
  me: priya,
};

type Opened = OpenedPage<ToIncidentPage, FromIncidentPage>;

async function opened(theme?: Theme, width?: number): Promise<Opened> {
  const one = await open(theme, width);
  await one.say({ type: 'state', state });
  await one.page.getByRole('heading', { level: 1 }).waitFor();
  return one;
}

async function lastDone(one: Opened): Promise<Extract<FromIncidentPage, { type: 'do' }>> {
  const all = (await one.said()).filter((message) => message.type === 'do');
  return all.at(-1)!;
}

describe('the page of an incident', () => {
  it.each(themes)('axe finds nothing in %s', async (theme) => {
    const one = await opened(theme);
    const { page, problems } = one;
    await page.getByLabel('Status').selectOption('Closed');
    await page.locator('details').first().evaluate((node) => node.setAttribute('open', ''));
    await page.screenshot({ path: `${testResults}/incident-page-${theme}.png`, fullPage: true });
    expect(await violations(one.page)).toEqual([]);
    await one.say({ type: 'unreadable', text: 'The incident could not be read.' });
    await page.getByRole('alert').getByText('could not be read').waitFor();
    expect(await violations(one.page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('shows text of others as text: nothing runs, nothing is loaded, links lead to https alone', async () => {
    const { page, problems, said } = await opened();
    expect(await page.locator('img, script:not([src]), iframe').count()).toBe(0);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    await page.getByText('<script>window.pwned = true</script>').waitFor();
    expect(await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['https://contoso.example/r']);
    await page.getByText('report', { exact: true }).click();
    expect((await said()).at(-1)).toEqual({ type: 'openLink', url: 'https://contoso.example/r' });
    await page.getByText('(https://contoso.example/r)').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows a change at once, says what became of it, and undoes it', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByLabel('Severity').selectOption('Low');
    await expect.poll(() => page.locator('#hb-head .hb-severity').innerText()).toBe('Low');
    const { requestId, action } = await lastDone(one);
    expect(action).toEqual({ kind: 'change', fields: { severity: 'Low' } });
    const changed = { ...state, details: { ...details, incident: { ...details.incident, severity: 'Low' as const } } };
    await one.say({ type: 'state', state: changed });
    await one.say({ type: 'done', requestId, text: 'Incident #1042 is changed.', undo: { kind: 'change', fields: { severity: 'High' } } });
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('#hb-head .hb-severity').innerText()).toBe('High');
    expect((await lastDone(one)).action).toEqual({ kind: 'change', fields: { severity: 'High' } });
  });

  it('takes back what was not written, and does it again on wish', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByLabel('Owner').selectOption('Priya Raman (me)');
    const { requestId, action } = await lastDone(one);
    await one.say({ type: 'failed', requestId, text: 'You have no access. The role "Microsoft Sentinel Responder" is needed.' });
    await page.getByRole('alert').getByText('Microsoft Sentinel Responder').waitFor();
    expect(await page.getByLabel('Owner').locator('option:checked').innerText()).toBe('Unassigned');
    await page.getByRole('button', { name: 'Try Again' }).click();
    expect((await lastDone(one)).action).toEqual(action);
  });

  it('closes with a verdict, by keyboard', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByLabel('Status').selectOption('Closed');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('hb-classification');
    await page.getByLabel('Close as').selectOption('False positive: incorrect alert logic');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The rule counts retries.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await lastDone(one)).action).toEqual({
      kind: 'change',
      fields: { status: 'Closed', classification: 'FalsePositive', classificationReason: 'IncorrectAlertLogic', classificationComment: 'The rule counts retries.' },
    });
    expect(await page.locator('#hb-status').inputValue()).toBe('Closed');
  });

  it('keeps the text of a comment: as a draft, on its way, and when it could not be written', async () => {
    const one = await opened();
    const { page } = one;
    const box = page.getByLabel('New comment');
    await box.fill('Looking at **it**.');
    expect((await one.said()).at(-1)).toEqual({ type: 'draft', text: 'Looking at **it**.' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.hb-preview strong', { hasText: 'it' }).waitFor();
    await box.press('Control+Enter');
    await page.locator('.hb-comments [aria-busy]').getByText('on its way').waitFor();
    expect(await box.inputValue()).toBe('');
    await box.fill('And more.');
    const { requestId } = await lastDone(one);
    await one.say({ type: 'failed', requestId, text: 'No usable answer from management.azure.com.' });
    await page.getByRole('alert').getByText('its text is in the box again').waitFor();
    expect(await box.inputValue()).toBe('Looking at **it**.\n\nAnd more.');
    expect(await page.locator('.hb-comments [aria-busy]').count()).toBe(0);
  });

  it('refuses a comment that is too long, with its length, and loses none of it', async () => {
    const one = await opened();
    const { page } = one;
    const box = page.getByLabel('New comment');
    await box.fill('x'.repeat(30_001));
    await page.getByText('30,001 characters: 30,000 are the most').waitFor();
    expect(await page.getByRole('button', { name: 'Comment', exact: true }).isDisabled()).toBe(true);
    await box.press('Control+Enter');
    expect((await one.said()).some(({ type }) => type === 'do')).toBe(false);
    expect((await box.inputValue()).length).toBe(30_001);
  });

  it('acts on entities, tasks, bookmarks, labels and what is related', async () => {
    const one = await opened();
    const { page } = one;
    await page.getByRole('button', { name: 'Hunt from 192.0.2.77' }).click();
    expect((await one.said()).at(-1)).toEqual({ type: 'huntEntity', index: 1 });
    await page.getByRole('button', { name: 'Find incidents with Finance' }).click();
    expect((await one.said()).at(-1)).toEqual({ type: 'findEntity', index: 4 });
    expect(await page.getByRole('button', { name: 'Hunt from Finance' }).count()).toBe(0);
    await page.getByLabel('Revoke sessions').check();
    expect((await lastDone(one)).action).toEqual({ kind: 'setTask', taskId: 't1', status: 'Completed' });
    await page.getByPlaceholder('Add a label').fill('bec');
    await page.keyboard.press('Enter');
    expect((await lastDone(one)).action).toEqual({ kind: 'change', fields: { labels: ['finance', 'bec'] } });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('hb-labels');
    await page.getByRole('button', { name: '#1041 Password spray' }).click();
    expect((await one.said()).at(-1)).toEqual({ type: 'openIncident', number: 1041 });
    await page.getByText('New-InboxRule by Nora').last().click();
    await page.locator('#hb-bookmarks').getByRole('button', { name: 'Detach' }).click();
    expect((await lastDone(one)).action).toEqual({ kind: 'detachBookmark', bookmarkId: 'b1' });
    expect(await page.locator('#hb-bookmarks details').count()).toBe(0);
  });

  it('draws what its alerts name, and lists it for the keyboard', async () => {
    const { page, problems } = await opened();
    const list = page.getByRole('listbox', { name: 'Entities, the most linked first' });
    await list.focus();
    await page.keyboard.press('ArrowDown');
    expect(await list.getByRole('option', { selected: true }).innerText()).toContain('Suspicious inbox rule');
    await page.getByText('Alert Suspicious inbox rule, linked with 2').waitFor();
    expect(await page.locator('.hb-eg-node').count()).toBe(3);
    expect(problems).toEqual([]);
  });

  it('stays usable on a narrow page', async () => {
    const { page } = await opened('vscode-light', 420);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.screenshot({ path: `${testResults}/incident-page-narrow.png`, fullPage: true });
  });
});
