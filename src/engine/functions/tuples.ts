import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, sql } from '../expression';
import { stepInto } from '../scalars/paths';
import { sortedArrays } from './arrays';
import type { Call } from './registry';
import { noteDetection, onOptionalSeries, onSeries } from './series';

type TupleFunction = (call: Call) => Expression[];
type Part = readonly [path: readonly (string | bigint)[], type: KqlType];

/** Parts of one JSON value. */
const parts = (value: Expression, places: readonly Part[]): Expression[] =>
  places.map(([path, type]) => convert(path.reduce((inner: Expression, step) => stepInto(inner, step), value), type));

const line: readonly Part[] = (['rsquare', 'slope', 'variance', 'rvariance', 'interception'] as const).map((name) => [[name], 'real']);
const side = (name: string): Part[] => (['rsquare', 'slope', 'interception', 'variance', 'rvariance'] as const).map((part) => [[name, part], 'real']);
const statistics: readonly Part[] = [
  [['min'], 'real'],
  [['min_idx'], 'long'],
  [['max'], 'real'],
  [['max_idx'], 'long'],
  [['avg'], 'real'],
  [['stdev'], 'real'],
  [['variance'], 'real'],
];
const arrays = (count: number): Part[] => Array.from({ length: count }, (_, index) => [[BigInt(index)], 'dynamic']);

/** Functions with several results, which `extend (a, b) = f(…)` or `extend f(…)` turn into columns. */
export const tupleFunctions: ReadonlyMap<string, TupleFunction> = new Map<string, TupleFunction>([
  ['array_sort_asc', sortedArrays],
  ['array_sort_desc', sortedArrays],
  ['series_stats', (call) => parts(onSeries(call, 'series_stats', 1, 1), statistics)],
  ['series_fit_line', (call) => parts(onSeries(call, 'series_fit_line', 1, 0), [...line, [['line_fit'], 'dynamic']])],
  [
    'series_fit_2lines',
    (call) =>
      parts(onSeries(call, 'series_fit_2lines', 1, 0), [
        [['rsquare'], 'real'],
        [['split_idx'], 'long'],
        [['variance'], 'real'],
        [['rvariance'], 'real'],
        [['line_fit'], 'dynamic'],
        ...side('right'),
        ...side('left'),
      ]),
  ],
  ['series_fft', (call) => parts(onOptionalSeries(call, 'series_fft', 2), arrays(2))],
  ['series_ifft', (call) => parts(onOptionalSeries(call, 'series_ifft', 2), arrays(2))],
  [
    'series_fit_poly',
    (call) =>
      parts(onOptionalSeries(call, 'series_fit_poly', 3), [
        [['rsquare'], 'real'],
        [['coefficients'], 'dynamic'],
        [['variance'], 'real'],
        [['rvariance'], 'real'],
        [['poly_fit'], 'dynamic'],
      ]),
  ],
  [
    'series_decompose',
    (call) => {
      noteDetection(call, 1);
      return parts(onSeries(call, 'series_decompose', 1, 4), arrays(4));
    },
  ],
  [
    'series_decompose_anomalies',
    (call) => {
      noteDetection(call, 2);
      return parts(onSeries(call, 'series_decompose_anomalies', 1, 6), arrays(3));
    },
  ],
  // The binder gives it the columns of series_decompose(): the forecast is the baseline, which comes first.
  [
    'series_decompose_forecast',
    (call) => {
      noteDetection(call, 2);
      return parts(onSeries(call, 'series_decompose_forecast', 1, 4), arrays(4));
    },
  ],
  [
    'series_periods_detect',
    (call) => {
      noteDetection(call, -1);
      return parts(onSeries(call, 'series_periods_detect', 1, 3), arrays(2));
    },
  ],
  [
    'series_periods_validate',
    (call) => {
      noteDetection(call, -1);
      const periods = call.args.slice(1).map((_, index) => convert(call.arg(index + 1), 'real'));
      const list = periods.reduce((all: Expression | undefined, period) => (all ? sql('dynamic')`${all}, ${period}` : period), undefined);
      const series = sql('string', { notNull: false })`CAST(${convert(call.arg(0), 'dynamic')} AS VARCHAR)`;
      return parts(sql('dynamic')`CAST(routine_series_periods_validate(${series}, CAST(to_json([${list ?? ''}]) AS VARCHAR)) AS JSON)`, arrays(2));
    },
  ],
]);
