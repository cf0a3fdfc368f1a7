import { expect, it } from 'vitest';
import { DATA_RESOURCE_MIME } from '../../src/common/dataResource';
import { received, TableOnPage } from './drive';
import { useRenderer } from './harness';

const open = useRenderer();

it('shows the table of a Python cell in the same grid, and asks for its rows to be held', async () => {
  const { page, problems } = await open();
  const table = {
    schema: { fields: [{ name: 'index', type: 'integer' }, { name: 'user', type: 'string' }], primaryKey: ['index'], pandas_version: '1.4.0' },
    data: Array.from({ length: 300 }, (_, index) => ({ index, user: `<b>user ${index}</b>` })),
  };
  await page.evaluate(([json, mime]) => window.hunt.renderJson('py', json, mime), [table, DATA_RESOURCE_MIME] as const);
  const shown = new TableOnPage(page, 'py');
  expect(await shown.text(0, 1)).toBe('<b>user 0</b>');
  expect(await shown.rowCount()).toBe(300);
  const [held] = await received(page, 'hold');
  expect(held?.rows).toHaveLength(300);
  expect(held?.columns).toEqual([
    { name: 'index', type: 'long' },
    { name: 'user', type: 'string' },
  ]);
  await shown.header('index').click();
  await shown.header('index').click();
  await expect.poll(() => shown.text(0, 0)).toBe('299');
  expect(problems).toEqual([]);
});

it('says so when it is no table', async () => {
  const { page } = await open();
  await page.evaluate((mime) => window.hunt.renderJson('py', { data: 'none' }, mime), DATA_RESOURCE_MIME);
  await page.getByText('not a table that can be read').waitFor();
});
