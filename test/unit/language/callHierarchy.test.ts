import { expect, it } from 'vitest';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../../src/language/callHierarchy';
import { marked } from './marked';

const cells = (marker: number): readonly string[] =>
  [
    'let base = (n:long) { SigninLogs | take n };\nlet twice = () { union base(1), base(2) };\nlet rows = base(3);',
    'twice() | join kind=inner (base(5)) on IPAddress',
    'print strlen("base(1)")',
  ].map((text, index) => (index === 0 ? text.replace(['base', 'twice'][marker]!, (name) => `‸${name}`) : text));

function item(texts: readonly string[]) {
  const { notebook, uri, offset } = marked(texts);
  return { notebook, found: prepareCallHierarchy(notebook, notebook.cell(uri)!, offset) };
}

it('who calls a function: other functions, lets and queries, across cells', () => {
  const { notebook, found } = item(cells(0));
  expect(found).toMatchObject([{ name: 'base', detail: 'cell 1', uri: 'cell:1' }]);
  const calls = incomingCalls(notebook, found![0]!).map(({ from, fromRanges }) => [from.name, from.detail, fromRanges.length]);
  expect(calls).toEqual([
    ['twice', 'cell 1', 2],
    ['rows', 'cell 1', 1],
    ['twice() | join kind=inner (base(5)) on IPAddress', 'cell 2', 1],
  ]);
});

it('what a function calls', () => {
  const { notebook, found } = item(cells(1));
  expect(outgoingCalls(notebook, found![0]!).map(({ to, fromRanges }) => [to.name, fromRanges.length])).toEqual([['base', 2]]);
});

it('nothing but functions of lets', () => {
  for (const text of ['let n‸ = 5;', 'print str‸len("a")', 'Signin‸Logs', 'Recent‸Signins()']) expect(item([text]).found).toBeUndefined();
});
