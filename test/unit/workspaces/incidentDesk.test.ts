import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IncidentDesk } from '../../../src/workspaces/local/incidentDesk';
import { details, incident } from './incidents';

const now = new Date('2026-02-01T10:00:00Z');
const original = incident({ number: 5, commentCount: 1 });
const others = [details(incident({ number: 6 }))];
const commented = { ...details(original), comments: [{ author: 'rule', createdTime: '2026-01-10T08:00:00Z', message: 'opened' }] };

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-desk-'));
  file = path.join(folder, 'deep', 'contoso.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function open(): Promise<IncidentDesk> {
  return IncidentDesk.open({ file, author: 'dana', now: () => now }, [commented, ...others]);
}

it('shows the data as it is until someone writes, and makes no file', async () => {
  const desk = await open();
  expect(desk.get(5)).toEqual(commented);
  expect(desk.list().map(({ number }) => number)).toEqual([5, 6]);
  expect(await readdir(folder)).toEqual([]);
});

it('keeps what was written for the next time, beside the data', async () => {
  const desk = await open();
  await desk.change(5, { base: original, fields: { status: 'Active', owner: { name: 'Dana' }, labels: ['seen'] } });
  const after = await desk.addComment(5, 'Looking at it.');
  expect(after.incident).toMatchObject({ status: 'Active', labels: ['seen'], commentCount: 2, lastModifiedTime: now.toISOString() });
  expect(after.comments.at(-1)).toEqual({ id: expect.any(String) as string, author: 'dana', createdTime: now.toISOString(), message: 'Looking at it.' });
  expect((await open()).get(5)).toEqual(after);
  expect((await open()).get(6)).toEqual(others[0]);
  expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
});

it('writes of the same moment all stay', async () => {
  const desk = await open();
  const comments = Array.from({ length: 10 }, (_unused, index) => desk.addComment(5, `comment ${index}`));
  await Promise.all([...comments, desk.change(5, { base: original, fields: { severity: 'High' } })]);
  const { incident: written, comments: all } = (await open()).get(5);
  expect([written.severity, all.length]).toEqual(['High', 11]);
});

it('sees what another window wrote meanwhile: other fields stay, the same field is a conflict', async () => {
  const [mine, theirs] = [await open(), await open()];
  await theirs.change(5, { base: original, fields: { severity: 'Low', labels: ['theirs'] } });
  const merged = await mine.change(5, { base: original, fields: { status: 'Active', labels: ['mine'] } });
  expect(merged).toMatchObject({ severity: 'Low', status: 'Active', labels: ['theirs', 'mine'] });
  const conflict = mine.change(5, { base: original, fields: { severity: 'High' } });
  await expect(conflict).rejects.toMatchObject({ data: { kind: 'incidentConflict', fields: [{ name: 'severity', theirs: 'Low', ours: 'High' }] } });
  expect((await open()).get(5).incident.severity).toBe('Low');
  const again = await mine.change(5, { base: merged, fields: { severity: 'High' } });
  expect(again.severity).toBe('High');
});

it('refuses what the service would refuse, and writes nothing', async () => {
  const desk = await open();
  await expect(desk.change(5, { base: original, fields: { status: 'Closed' } })).rejects.toMatchObject({ data: { kind: 'refused' } });
  await expect(desk.addComment(5, ' ')).rejects.toMatchObject({ data: { kind: 'refused' } });
  await expect(desk.addComment(7, 'nobody')).rejects.toMatchObject({ data: { kind: 'notFound', name: '#7' } });
  expect(await readdir(folder)).toEqual([]);
});

it('deletes what people wrote, and nothing that came with the data', async () => {
  const desk = await open();
  await desk.addComment(5, 'kept');
  const { comments } = await desk.addComment(5, 'a mistake');
  expect(comments.map(({ id }) => id === undefined)).toEqual([true, false, false]);
  const id = comments.at(-1)?.id ?? '';
  const after = await desk.deleteComment(5, id);
  expect(after.comments.map(({ message }) => message)).toEqual(['opened', 'kept']);
  expect(after.incident.commentCount).toBe(2);
  expect((await open()).get(5)).toEqual(after);
  await expect(desk.deleteComment(5, id)).rejects.toMatchObject({ data: { kind: 'notFound', what: 'comment' } });
  await expect(desk.deleteComment(6, 'opened')).rejects.toMatchObject({ data: { kind: 'notFound', what: 'comment' } });
});

it('reads comments that were written before they had ids', async () => {
  await (await open()).addComment(5, 'kept');
  const old = (await readFile(file, 'utf8')).replace(/"id":"[^"]+",/u, '');
  await writeFile(file, old);
  const desk = await open();
  const id = desk.get(5).comments.at(-1)?.id ?? '';
  expect((await desk.deleteComment(5, id)).comments.map(({ message }) => message)).toEqual(['opened']);
});

it('takes a hundred comments and no more', async () => {
  const desk = await open();
  for (let count = 1; count < 100; count++) await desk.addComment(5, `comment ${count}`);
  await expect(desk.addComment(5, 'one more')).rejects.toThrow('has 100 comments');
});

it('closes and opens again', async () => {
  const desk = await open();
  const fields = { status: 'Closed', classification: 'FalsePositive', classificationReason: 'InaccurateData', classificationComment: 'a test' } as const;
  const closed = await desk.change(5, { base: original, fields });
  expect(closed).toMatchObject(fields);
  const opened = await desk.change(5, { base: closed, fields: { status: 'Active' } });
  expect(opened.classification).toBeUndefined();
  expect((await open()).get(5).incident).toEqual(opened);
});

it('a damaged file is an error that names it, and stays', async () => {
  await (await open()).addComment(5, 'kept');
  await writeFile(file, '[[5, {');
  await expect(open()).rejects.toMatchObject({ data: { kind: 'storage', path: file } });
  expect(await readFile(file, 'utf8')).toBe('[[5, {');
});
