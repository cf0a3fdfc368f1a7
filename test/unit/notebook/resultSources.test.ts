import { expect, it } from 'vitest';
import type { ResultInfo } from '../../../src/common/engineProtocol';
import { ResultSources } from '../../../src/notebook/resultSources';

function result(resultId: string, workspace: string, usedResults: readonly string[] = []): ResultInfo {
  return {
    resultId,
    columns: [],
    rowCount: 0,
    preview: { offset: 0, rows: [], total: 0, cuts: [] },
    warnings: [],
    workspace: { id: workspace, name: workspace },
    usedResults,
    statistics: { elapsedMs: 1 },
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
}

it('a result comes from the workspaces that were asked, and from those of the results that it read', () => {
  const sources = new ResultSources();
  sources.add(result('1', 'soc'), 'logons', ['emea']);
  sources.add(result('2', 'Contoso', ['logons']), 'fewer', []);
  sources.add(result('3', 'Contoso', ['fewer', 'unknown']), undefined, []);
  expect([...sources.of('1')]).toEqual(['soc', 'emea']);
  expect([...sources.of('3')].sort()).toEqual(['Contoso', 'emea', 'soc']);
  sources.add(result('4', 'Contoso'), 'logons', []);
  sources.add(result('5', 'Contoso', ['logons']), undefined, []);
  expect([...sources.of('5')]).toEqual(['Contoso']);
  sources.clear();
  expect(sources.of('3').size).toBe(0);
});
