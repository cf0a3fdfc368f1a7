/**
 * The kinds of `render`, and what each expects of its columns.
 * Source: https://learn.microsoft.com/kusto/query/render-operator
 */

/** How a kind is drawn. */
export type ChartShape = 'xy' | 'pie' | 'treemap' | 'card' | 'ladder' | 'graph';

export interface ChartKindFacts {
  /** For people. */
  readonly label: string;
  readonly shape: ChartShape;
  /** What a series of an `xy` chart is drawn as. */
  readonly mark?: 'line' | 'area' | 'bar' | 'point';
  /** The x axis stands upright. */
  readonly sideways?: boolean;
  /** The x axis has to be a datetime. */
  readonly needsTime?: boolean;
  /** How series of one x stand when the property `kind` does not say. */
  readonly stacking?: Stacking;
  /** The chart is offered when people choose a kind. */
  readonly offered?: boolean;
}

export type Stacking = 'none' | 'stacked' | 'stacked100';

const facts = {
  timechart: { label: 'Time chart', shape: 'xy', mark: 'line', needsTime: true, offered: true },
  linechart: { label: 'Line chart', shape: 'xy', mark: 'line', offered: true },
  columnchart: { label: 'Column chart', shape: 'xy', mark: 'bar', offered: true },
  barchart: { label: 'Bar chart', shape: 'xy', mark: 'bar', sideways: true, offered: true },
  areachart: { label: 'Area chart', shape: 'xy', mark: 'area', offered: true },
  stackedareachart: { label: 'Stacked area chart', shape: 'xy', mark: 'area', stacking: 'stacked', offered: true },
  scatterchart: { label: 'Scatter chart', shape: 'xy', mark: 'point', offered: true },
  piechart: { label: 'Pie chart', shape: 'pie', offered: true },
  treemap: { label: 'Treemap', shape: 'treemap', offered: true },
  anomalychart: { label: 'Anomaly chart', shape: 'xy', mark: 'line', needsTime: true, offered: true },
  ladderchart: { label: 'Ladder chart', shape: 'ladder', offered: true },
  card: { label: 'Card', shape: 'card', offered: true },
  /** People choose among columns and kinds: the controls do that, the chart begins as columns. */
  pivotchart: { label: 'Pivot chart', shape: 'xy', mark: 'bar' },
  /** Events over time, by a column. */
  timepivot: { label: 'Time pivot', shape: 'xy', mark: 'bar', needsTime: true, stacking: 'stacked' },
  graph: { label: 'Graph', shape: 'graph', offered: true },
} as const satisfies Readonly<Record<string, ChartKindFacts>>;

export type ChartKind = keyof typeof facts;

export const chartKinds = Object.keys(facts) as readonly ChartKind[];

export function kindFacts(kind: ChartKind): ChartKindFacts {
  return facts[kind];
}

/** The kind that `render` names; undefined for `table` and for what is not drawn. */
export function readChartKind(name: string): ChartKind | undefined {
  const wanted = name.toLowerCase();
  return chartKinds.find((kind) => kind === wanted);
}
