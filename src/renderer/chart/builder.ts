import type { ChartChoice } from '../../common/charts/chartChoice';
import { type ChartKind, chartKinds, kindFacts } from '../../common/charts/chartKinds';
import type { Gathering } from '../../common/charts/chartSpec';
import type { ColumnRole } from '../../common/charts/columnRoles';
import type { Column } from '../../common/kqlTypes';
import { element } from '../dom';
import { type Choice, choice as select } from '../controls';
import { columnTitle } from '../table/values';

const gatherings: readonly (readonly [value: Gathering, label: string])[] = [
  ['none', 'Values as they are'],
  ['count', 'Number of rows'],
  ['sum', 'Sum'],
  ['mean', 'Average'],
  ['min', 'Minimum'],
  ['max', 'Maximum'],
];

/** The lists that people choose a chart from. */
export class Builder {
  readonly element = element('div', { class: 'hb-builder', role: 'group', 'aria-label': 'Chart options' });
  readonly #columns: readonly Column[];
  readonly #roles: readonly ColumnRole[];
  readonly #changed: (choice: ChartChoice) => void;

  constructor(columns: readonly Column[], roles: readonly ColumnRole[], changed: (choice: ChartChoice) => void) {
    this.#columns = columns;
    this.#roles = roles;
    this.#changed = changed;
  }

  show(choice: ChartChoice): void {
    const focused = this.#focused();
    this.element.replaceChildren(...this.#lists(choice));
    if (focused >= 0) this.element.querySelectorAll('select')[focused]?.focus();
  }

  #focused(): number {
    return [...this.element.querySelectorAll('select')].findIndex((list) => list === document.activeElement);
  }

  #lists(choice: ChartChoice): readonly HTMLElement[] {
    const change = (part: Partial<ChartChoice>): void => this.#changed(fitting({ ...choice, ...part }));
    const { shape } = kindFacts(choice.kind);
    const kinds = chartKinds.filter((kind) => kindFacts(kind).offered === true || kind === choice.kind);
    const kind = select(
      'Chart',
      kinds.map((value) => ({ value, label: kindFacts(value).label })),
      choice.kind,
      (value) => change({ kind: value as ChartKind }),
    );
    if (shape === 'card' || shape === 'ladder') return [kind];
    const x = select(xLabels[shape], this.#columnChoices(() => true), String(choice.x), (value) => change({ x: Number(value) }));
    const numbers = this.#columnChoices((role) => role === 'number' || role === 'numbers');
    const texts = this.#columnChoices((role) => role === 'text').filter(({ value }) => Number(value) !== choice.x);
    const gathering = choice.aggregate ?? (choice.y.length === 0 ? 'count' : 'none');
    const offered = gatherings.filter(([value]) => value === 'count' || numbers.length > 0);
    const values = select(
      'Values',
      offered.map(([value, label]) => ({ value, label })),
      gathering,
      (value) => change(valuesOf(value as Gathering, choice, numbers)),
    );
    const all = numbers.map(({ value }) => Number(value));
    const several = choice.y.length > 1 ? [{ value: 'several', label: choice.y.map((index) => this.#title(index)).join(', ') }] : [];
    const every = all.length > 1 && shape === 'xy' ? [{ value: 'all', label: 'All number columns' }] : [];
    const chosen = choice.y.length > 1 ? 'several' : String(choice.y[0] ?? '');
    const of = select('of', [...several, ...numbers, ...every], chosen, (value) => {
      if (value !== 'several') change({ y: value === 'all' ? all.filter((index) => index !== choice.x) : [Number(value)] });
    });
    const split = select(shape === 'graph' ? 'To' : 'Split by', [{ value: '', label: 'Nothing' }, ...texts], String(choice.series[0] ?? ''), (value) =>
      change({ series: value === '' ? [] : [Number(value)] }),
    );
    return [kind, x, values, ...(gathering === 'count' ? [] : [of]), ...(shape === 'pie' ? [] : [split])];
  }

  #columnChoices(fits: (role: ColumnRole) => boolean): readonly Choice[] {
    return this.#roles.flatMap((role, index) => (fits(role) ? [{ value: String(index), label: this.#title(index) }] : []));
  }

  #title(index: number): string {
    const column = this.#columns[index];
    return column ? columnTitle(column) : '';
  }
}

const xLabels = { xy: 'X axis', pie: 'Slices', treemap: 'Rectangles', graph: 'From', card: '', ladder: '' } as const;

function valuesOf(gathering: Gathering, { y }: ChartChoice, numbers: readonly Choice[]): Partial<ChartChoice> {
  if (gathering === 'count') return { aggregate: 'count', y: [] };
  const values = y.length > 0 ? y : numbers.slice(0, 1).map(({ value }) => Number(value));
  return { aggregate: gathering === 'none' ? undefined : gathering, y: values };
}

/** A column stands in one place: it does not split what it is the axis of. */
function fitting(choice: ChartChoice): ChartChoice {
  const series = choice.series.filter((index) => index !== choice.x);
  const y = choice.y.filter((index) => index !== choice.x);
  return { ...choice, series, y, ...(y.length === 0 ? { aggregate: 'count' as const } : {}) };
}
