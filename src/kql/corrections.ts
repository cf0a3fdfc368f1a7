import { kusto, listItems, type RawList, type RawSymbol } from './bridge';

interface RawParameter extends RawSymbol {
  /** What the parameter takes, a number of the library's `ParameterTypeKind`. */
  TypeKind: number;
}

interface RawFunction extends RawSymbol {
  readonly Signatures?: RawList<{ readonly Parameters: RawList<RawParameter> }>;
}

/** `ParameterTypeKind.Number`: any number. */
const NUMBER = 13;

/** Where the library is stricter than the documentation: the seconds of `make_timespan()` are a real, "0 to 59.9999999". */
export function correctSignatures(): void {
  const symbols: readonly RawFunction[] = listItems(kusto.GlobalState.Default.Functions);
  const signatures = symbols.filter(({ Name }) => Name === 'make_timespan').flatMap(({ Signatures }) => (Signatures ? listItems(Signatures) : []));
  for (const { Parameters } of signatures) {
    for (const parameter of listItems(Parameters)) if (parameter.Name === 'seconds') parameter.TypeKind = NUMBER;
  }
}
