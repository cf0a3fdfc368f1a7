import type { Visualization } from '../../../src/common/engineProtocol';
import type { Column, KqlType, WireRow } from '../../../src/common/kqlTypes';
import { chartModel } from '../../../src/common/charts/makeModel';
import type { ChartModel } from '../../../src/common/charts/chartModel';
import { MAX_ROWS, chartQuestion } from '../../../src/common/charts/chartQuestion';
import { chartSpec, type ChartSpec, isChart } from '../../../src/common/charts/chartSpec';
import { localChartData } from '../../../src/common/charts/localChartData';

export interface Sample {
  readonly columns: readonly Column[];
  readonly rows: readonly WireRow[];
}

/** `Name:type, Name:type` */
export function columnsOf(text: string): readonly Column[] {
  return text.split(',').map((part) => {
    const [name = '', type = 'string'] = part.trim().split(':');
    return { name, type: type as KqlType };
  });
}

export function sample(columns: string, ...rows: readonly WireRow[]): Sample {
  return { columns: columnsOf(columns), rows };
}

export function render(visualization: string, properties: Visualization['properties'] = {}, title?: string): Visualization {
  return { visualization, ...(title === undefined ? {} : { title }), properties };
}

/** @throws the reason why nothing is drawn. */
export function specOf({ columns, rows }: Sample, visualization: Visualization): ChartSpec {
  const spec = chartSpec({ columns, rows }, visualization);
  if (!isChart(spec)) throw new Error(spec.problem);
  return spec;
}

export function modelOf(data: Sample, visualization: Visualization): ChartModel {
  const spec = specOf(data, visualization);
  const question = chartQuestion(spec);
  if (!question) return chartModel(spec, { rows: data.rows.slice(0, MAX_ROWS), totalRows: data.rows.length });
  return chartModel(spec, { data: localChartData(data.columns, data.rows, question) });
}

const hour = (index: number): string => new Date(Date.UTC(2024, 4, 6, index)).toISOString().replace('Z', '0000Z');
const hosts = ['web-01', 'web-02', 'dc-01'];
const hostOf = (index: number): string => hosts[index % hosts.length] ?? '';
const wave = (index: number, host: number): number =>
  Math.round(60 + 40 * Math.sin(index / 4 + host) + 15 * ((index * 7919) % 5) * (host + 1));
const many = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));
const array = (make: (index: number) => unknown): string => JSON.stringify(many(48, make));

/** Made data of every shape that a kind wants. */
export const samples = {
  byHour: sample(
    'TimeGenerated:datetime, Computer:string, Logons:long',
    ...many(48 * 3, (index): WireRow => [hour(Math.floor(index / 3)), hostOf(index), wave(Math.floor(index / 3), index % 3)]),
  ),
  byText: sample(
    'Country:string, Succeeded:long, Failed:long',
    ['Norway', 812, 31],
    ['United Kingdom', 640, 12],
    ['Germany', 455, 77],
    ['Brazil', 233, 190],
    ['', 20, 44],
    ['Türkiye', 98, 3],
  ),
  cloud: sample(
    'Bytes:long, Seconds:real, Host:string',
    ...many(90, (index): WireRow => [(index * 7919) % 5000, ((index * 104_729) % 977) / 10, hostOf(index)]),
  ),
  tree: sample(
    'Tactic:string, Technique:string, Alerts:long',
    ['InitialAccess', 'Phishing', 120],
    ['InitialAccess', 'Valid accounts', 45],
    ['Persistence', 'Scheduled task', 60],
    ['Persistence', 'Run key', 20],
    ['Exfiltration', 'Over web', 33],
  ),
  ladder: sample(
    'Computer:string, Process:string, Start:datetime, End:datetime',
    ['web-01', 'powershell.exe', hour(1), hour(3)],
    ['web-01', 'cmd.exe', hour(2), hour(2)],
    ['dc-01', 'rundll32.exe', hour(4), hour(9)],
  ),
  card: sample('Incidents:long, Oldest:datetime, Owner:string', [12_345, hour(0), 'priya@contoso.com']),
  made: sample('Computer:string, TimeGenerated:dynamic, Count:dynamic, Anomalies:dynamic, Baseline:dynamic', [
    'web-01',
    array(hour),
    array((index) => (index === 30 ? 300 : wave(index, 0))),
    array((index) => (index === 30 ? 1 : 0)),
    array((index) => 60 + 40 * Math.sin(index / 4)),
  ]),
  edges: sample(
    'Account:string, Computer:string, Logons:long',
    ...many(18, (index): WireRow => [`user${index % 7}`, hostOf(index * 5), (index * 13) % 40]),
  ),
} as const satisfies Readonly<Record<string, Sample>>;

/** A sample for each kind. */
export const gallery: readonly (readonly [name: string, data: Sample, visualization: Visualization])[] = [
  ['timechart', samples.byHour, render('timechart', {}, 'Logons by hour')],
  ['linechart', samples.byText, render('linechart', { ySplit: 'axes' })],
  ['areachart', samples.byHour, render('areachart')],
  ['stackedareachart', samples.byHour, render('stackedareachart')],
  ['barchart', samples.byText, render('barchart')],
  ['columnchart', samples.byText, render('columnchart', { kind: 'stacked', xTitle: 'Where', yTitle: 'How many' })],
  ['columnchart-panels', samples.byText, render('columnchart', { ySplit: 'panels' })],
  ['columnchart-100', samples.byHour, render('columnchart', { kind: 'stacked100' })],
  ['piechart', samples.byText, render('piechart')],
  ['scatterchart', samples.cloud, render('scatterchart')],
  ['anomalychart', samples.made, render('anomalychart', { anomalyColumns: ['Anomalies'] }, 'Anomalies')],
  ['card', samples.card, render('card')],
  ['treemap', samples.tree, render('treemap')],
  ['pivotchart', samples.byText, render('pivotchart')],
  ['ladderchart', samples.ladder, render('ladderchart')],
  ['timepivot', samples.byHour, render('timepivot')],
  ['graph', samples.edges, render('graph')],
];
