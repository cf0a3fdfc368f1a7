import { describe, expect, it } from 'vitest';
import { chartSvg, isDrawn } from '../../../src/common/charts/drawing/chartSvg';
import { gallery, modelOf, render, sample } from './samples';

/** Everything that could run, load or lead somewhere. */
const active = /<(?:script|foreignObject|iframe|image|use|a|animate|set|style|link)\b|\son\w+\s*=|(?:xlink:)?href|javascript:|url\((?!['"]?#)/iu;

const attacks = [
  '<script>pwned=1</script>',
  '"><img src=x onerror=pwned=1>',
  "' onload='x",
  '</svg><a href="javascript:x">',
  '{a|b}',
  '&lt;b&gt;',
  ']]> class="x"',
];

/** What is left of a text when all that is well-formed is taken out of it. */
function malformed(svg: string): string {
  const tag = /<(?:\/\w+|\w+(?:\s+[\w:-]+="[^"<]*")*\s*\/?)>/gu;
  return svg.replace(tag, '').replace(/&(?:\w+|#\d+);/gu, '').replace(/[^<>&"]/gu, '');
}

const shapes = ['svg', 'rect', 'path', 'text', 'g', 'defs', 'clipPath', 'polyline', 'circle', 'line', 'polygon', 'ellipse'];

function tags(svg: string): readonly string[] {
  return [...new Set([...svg.matchAll(/<(\w+)/gu)].map(([, tag]) => tag ?? ''))];
}

describe('a chart without a page', () => {
  it.each(gallery)('%s is shapes and texts alone', (_name, data, visualization) => {
    const model = modelOf(data, visualization);
    if (!isDrawn(model)) return;
    const svg = chartSvg(model);
    expect(svg).toMatch(/^<svg .*<\/svg>$/su);
    expect(active.exec(svg)?.[0]).toBeUndefined();
    expect(malformed(svg)).toBe('');
    expect(svg.length).toBeLessThan(60_000);
  });

  it.each(gallery)('%s takes hostile names for text', (_name, data, visualization) => {
    const hostile = (index: number): string => attacks[index % attacks.length]!;
    const isText = data.columns.map(({ type }) => type === 'string');
    const rows = data.rows.map((row, at) => row.map((value, index) => (isText[index] ? hostile(at + index) : value)));
    const model = modelOf({ columns: data.columns, rows }, { ...visualization, title: attacks[0] });
    if (!isDrawn(model)) return;
    const svg = chartSvg(model);
    expect(tags(svg).filter((tag) => !shapes.includes(tag))).toEqual([]);
    expect(malformed(svg)).toBe('');
    expect(svg).not.toMatch(/<[^>]*\son\w+\s*=/iu);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('has names of columns as text too', () => {
    const model = modelOf(sample('<script>x</script>:string, N:long', ['a', 1]), render('columnchart'));
    expect(isDrawn(model) && chartSvg(model)).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(isDrawn(model) && chartSvg(model)).not.toContain('<script');
  });
});
