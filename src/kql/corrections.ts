import { kusto, listItems, type RawList, type RawSymbol } from './bridge';

interface RawParameter extends RawSymbol {
  /** What the parameter takes, a number of the library's `ParameterTypeKind`. */
  TypeKind: number;
}

interface RawFunction extends RawSymbol {
  readonly Signatures?: RawList<{ readonly Parameters: RawList<RawParameter> }>;
}

/** `ParameterTypeKind.Integer`: int or long. */
const INTEGER = 6;
/** `ParameterTypeKind.Number`: any number. */
const NUMBER = 13;

/** `ParameterTypeKind.Scalar`: anything but a table. */
const SCALAR = 2;

/** Where the library is stricter than the documentation. */
const corrections: readonly { readonly name: string; readonly parameter: string; readonly kind: number }[] = [
  // "second: real. The second. A value from 0 to 59.9999999."
  { name: 'make_timespan', parameter: 'seconds', kind: NUMBER },
  // Its examples give the degree as a plain number, which is a long.
  { name: 'series_fit_poly', parameter: 'degree', kind: INTEGER },
  // "This value may also be a string of week, month, or year."
  ...['active_users_count', 'activity_counts_metrics', 'activity_metrics', 'sliding_window_counts'].map((name) => {
    return { name, parameter: 'Step', kind: SCALAR };
  }),
  // "To use the default value, input the tilde: ~."
  { name: 'autocluster', parameter: 'SizeWeight', kind: SCALAR },
  { name: 'autocluster', parameter: 'NumSeeds', kind: SCALAR },
  ...['basket', 'diffpatterns'].flatMap((name) => ['Threshold', 'MaxDimensions'].map((parameter) => ({ name, parameter, kind: SCALAR }))),
];

/** Loosens the library's built-in functions and plugins, for every query of this process. */
export function correctSignatures(): void {
  const { Functions: functions, PlugIns: plugins } = kusto.GlobalState.Default;
  const symbols: readonly RawFunction[] = [...listItems(functions), ...listItems(plugins)];
  for (const { name, parameter, kind } of corrections) {
    const signatures = symbols.filter(({ Name }) => Name === name).flatMap(({ Signatures }) => (Signatures ? listItems(Signatures) : []));
    for (const raw of signatures.flatMap(({ Parameters }) => listItems(Parameters))) if (raw.Name === parameter) raw.TypeKind = kind;
  }
}
