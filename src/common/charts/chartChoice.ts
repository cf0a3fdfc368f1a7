import type { Visualization } from '../engineProtocol';
import { kqlName, kqlString } from '../kqlLiterals';
import type { WireValue } from '../kqlTypes';
import { timespanLiteral } from './binSteps';
import { type ChartKind, chartKinds, kindFacts } from './chartKinds';
import type { ChartSpec, ChartSubject, Gathering } from './chartSpec';
import { columnRoles } from './columnRoles';

/** What people choose where they build a chart themselves. Columns are indexes into the result's. */
export interface ChartChoice {
  readonly kind: ChartKind;
  readonly x: number;
  readonly y: readonly number[];
  readonly series: readonly number[];
  /** Absent: values as the rows have them. */
  readonly aggregate?: Gathering | undefined;
}

/** A result of few columns with numbers among them is a summary that is drawn as it is; another's rows are counted. */
const summaryColumns = 4;

/** What to begin with when the query asks for no chart. */
export function firstChoice(subject: ChartSubject): ChartChoice {
  const roles = columnRoles(subject.columns, subject.rows);
  const all = roles.map((_, index) => index);
  const time = roles.findIndex((role) => role === 'time' || role === 'times');
  const isArrays = roles[time] === 'times';
  const numbers = all.filter((index) => roles[index] === (isArrays ? 'numbers' : 'number'));
  const texts = all.filter((index) => roles[index] === 'text');
  const isSummary = numbers.length > 0 && (roles.length <= summaryColumns || isArrays);
  const series = texts.slice(0, 1);
  if (time >= 0) {
    if (isSummary) return { kind: 'timechart', x: time, y: numbers, series };
    return { kind: 'columnchart', x: time, y: [], series: [], aggregate: 'count' };
  }
  const [text] = isSummary ? texts : [mostRepeated(subject, texts)];
  if (text === undefined) return numbers.length > 1 ? { kind: 'scatterchart', x: numbers[0] ?? 0, y: numbers.slice(1, 2), series: [] } : countOf(0);
  return isSummary ? { kind: 'columnchart', x: text, y: numbers, series: texts.slice(1, 2) } : countOf(text);
}

function countOf(x: number): ChartChoice {
  return { kind: 'barchart', x, y: [], series: [], aggregate: 'count' };
}

/** Of texts the one whose values say most when they are counted: it repeats, and is not always the same. */
function mostRepeated({ rows }: ChartSubject, texts: readonly number[]): number | undefined {
  const distinct = (index: number): number => new Set(rows.map((row) => row[index])).size;
  const counted = texts.map((index) => ({ index, distinct: distinct(index) })).filter((one) => one.distinct > 1);
  return [...counted].sort((a, b) => a.distinct - b.distinct)[0]?.index ?? texts[0];
}

/** The choice that a chart shows. */
export function choiceOf(spec: ChartSpec): ChartChoice {
  const { kind, x, y, series, anomalies, aggregate } = spec;
  return { kind, x, y: y.filter((index) => !anomalies.includes(index)), series, ...(y.length === 0 && aggregate === 'count' ? { aggregate } : {}) };
}

const chosenProperties = ['xcolumn', 'ycolumns', 'series'];

/** A choice in the words of `render`; what else the query said of its chart stays. */
export function visualizationOf(choice: ChartChoice, { columns }: Pick<ChartSubject, 'columns'>, asked?: Visualization): Visualization {
  const name = (index: number): string => columns[index]?.name ?? '';
  const kept = Object.entries(asked?.properties ?? {}).filter(([property]) => !chosenProperties.includes(property.toLowerCase()));
  const isLadder = kindFacts(choice.kind).shape === 'ladder';
  const properties: Record<string, WireValue | readonly string[]> = {
    ...Object.fromEntries(kept),
    ...(isLadder ? {} : { xColumn: name(choice.x) }),
    ...(choice.y.length > 0 && !isLadder ? { yColumns: choice.y.map(name) } : {}),
    ...(choice.series.length > 0 ? { series: choice.series.map(name) } : {}),
  };
  return { visualization: choice.kind, ...(asked?.title === undefined ? {} : { title: asked.title }), properties };
}

/** Reads a remembered choice; undefined when it does not fit the result. */
export function readChoice(raw: unknown, columnCount: number): ChartChoice | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { kind, x, y, series, aggregate } = raw as Partial<ChartChoice>;
  const fits = (index: unknown): index is number => Number.isInteger(index) && Number(index) >= 0 && Number(index) < columnCount;
  if (!chartKinds.some((known) => known === kind) || kind === undefined || !fits(x)) return undefined;
  if (!Array.isArray(y) || !y.every(fits) || !Array.isArray(series) || !series.every(fits)) return undefined;
  const gatherings: readonly Gathering[] = ['count', 'sum', 'mean', 'min', 'max'];
  const gathering = gatherings.find((known) => known === aggregate);
  return { kind, x, y, series, ...(gathering === undefined ? {} : { aggregate: gathering }) };
}

const functions = { sum: 'sum', mean: 'avg', min: 'min', max: 'max' } as const;

/**
 * The operators that make the chart of a choice, to stand after the pipe of a query: `render …`, after a `summarize …` where rows are
 * put together.
 * @param bin Width of the bins of x, when it has any: milliseconds, or units of x.
 */
export function renderOperators(choice: ChartChoice, { columns }: Pick<ChartSubject, 'columns'>, asked: Visualization | undefined, bin?: number): string {
  const name = (index: number): string => kqlName(columns[index]?.name ?? '');
  const { aggregate = 'none' } = choice;
  if (aggregate === 'none') return renderOperator(visualizationOf(choice, { columns }, asked));
  const type = columns[choice.x]?.type;
  const width = bin === undefined ? undefined : type === 'datetime' || type === 'timespan' ? timespanLiteral(bin) : String(bin);
  const by = [width === undefined ? name(choice.x) : `bin(${name(choice.x)}, ${width})`, ...choice.series.map(name)].join(', ');
  const values = aggregate === 'count' ? ['Count = count()'] : choice.y.map((index) => `${functions[aggregate]}(${name(index)})`);
  const order = width === undefined && aggregate === 'count' ? '\n| order by Count desc' : '';
  const title = asked?.title === undefined ? '' : ` with (title=${kqlString(asked.title)})`;
  return `summarize ${values.join(', ')} by ${by}${order}\n| render ${choice.kind}${title}`;
}

/** `render timechart with (xcolumn=…, title="…")` */
export function renderOperator({ visualization, title, properties }: Visualization): string {
  const parts = Object.entries(properties).flatMap(([name, value]) => {
    const text = propertyText(name.toLowerCase(), value);
    return text === undefined ? [] : [`${name.toLowerCase()}=${text}`];
  });
  const all = [...(title === undefined ? [] : [`title=${kqlString(title)}`]), ...parts];
  return `render ${visualization}${all.length > 0 ? ` with (${all.join(', ')})` : ''}`;
}

const columnProperties = ['xcolumn', 'ycolumns', 'series', 'anomalycolumns'];
const wordProperties = ['kind', 'legend', 'xaxis', 'yaxis', 'ysplit', 'accumulate', 'ymin', 'ymax', 'xmin', 'xmax'];

function propertyText(name: string, value: WireValue | readonly string[]): string | undefined {
  if (columnProperties.includes(name)) {
    const names = typeof value === 'object' && value !== null ? value : String(value ?? '').split(',');
    const written = names.map((one) => kqlName(one.trim())).join(', ');
    return names.length === 0 ? undefined : written;
  }
  if (value === null || typeof value === 'object') return undefined;
  if (name === 'xtitle' || name === 'ytitle' || name === 'title') return kqlString(String(value));
  // Words and numbers stand as they are; anything else is not known to be written so.
  return wordProperties.includes(name) && /^[\w.+-]+$/u.test(String(value)) ? String(value) : undefined;
}
