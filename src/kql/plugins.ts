import type { Column } from '../common/kqlTypes';
import { kusto, listItems, type RawCallContext, type RawList, type RawSymbol } from './bridge';
import { scalarSymbol } from './typeSymbols';

interface RawSignature {
  readonly Parameters: RawList<RawSymbol>;
  readonly CustomReturnType: (context: RawCallContext) => RawSymbol;
}

interface RawPlugin extends RawSymbol {
  readonly Signatures: RawList<RawSignature>;
}

/** Plugins of `evaluate`: those of Kusto.Language, with what its version lacks of the documented ones. */
export function pluginSymbols(): RawSymbol[] {
  const own = [schemaMerge(), diffpatternsText(), bagUnpack(), diffpatterns()];
  const names = new Set(own.map(({ Name }) => Name));
  return [...listItems(kusto.GlobalState.Default.PlugIns).filter(({ Name }) => !names.has(Name)), ...own];
}

function schemaMerge(): RawSymbol {
  const columns: readonly Column[] = [
    { name: 'ColumnName', type: 'string' },
    { name: 'ColumnOrdinal', type: 'long' },
    { name: 'DataType', type: 'string' },
    { name: 'ColumnType', type: 'string' },
  ];
  return plugin('schema_merge', columns, [optional('PreserveOrder', 'bool', 'Constant')]);
}

function diffpatternsText(): RawSymbol {
  const columns: readonly Column[] = [
    { name: 'Count_of_True', type: 'long' },
    { name: 'Count_of_False', type: 'long' },
    { name: 'Percent_of_True', type: 'real' },
    { name: 'Percent_of_False', type: 'real' },
    { name: 'Pattern', type: 'string' },
  ];
  const options = (['MinTokens', 'Threshold', 'MaxTokens'] as const).map((name) => optional(name, name === 'Threshold' ? 'real' : 'long', 'Constant'));
  return plugin('diffpatterns_text', columns, [required('TextColumn', 'string'), required('BooleanCondition', 'bool'), ...options]);
}

/** `diffpatterns`: the column that parts the rows into two sets is not part of the result. */
function diffpatterns(): RawSymbol {
  const { FunctionSymbol, TableSymbol, Tabularity } = kusto.Symbols;
  const signature = known('diffpatterns');
  const returnType = (context: RawCallContext): RawSymbol => {
    const table = signature.CustomReturnType(context);
    const split = listItems(context.Arguments)[0]?.ReferencedSymbol?.Name;
    return new TableSymbol.$ctor4('diffpatterns', listItems(table.Columns).filter(({ Name }) => Name !== split));
  };
  return new FunctionSymbol.ctor('diffpatterns', returnType, Tabularity.Tabular, listItems(signature.Parameters));
}

/** `bag_unpack` with its third and fourth parameter. */
function bagUnpack(): RawSymbol {
  const { FunctionSymbol, Tabularity } = kusto.Symbols;
  const signature = known('bag_unpack');
  const added = [optional('columnsConflict', 'string', 'Literal'), optional('ignoredProperties', 'dynamic', 'Literal')];
  return new FunctionSymbol.ctor('bag_unpack', signature.CustomReturnType, Tabularity.Tabular, [...listItems(signature.Parameters), ...added]);
}

function known(name: string): RawSignature {
  const found = listItems(kusto.GlobalState.Default.PlugIns).find(({ Name }) => Name === name) as RawPlugin | undefined;
  const [signature] = listItems(found?.Signatures);
  if (!signature) throw new Error(`no ${name}`);
  return signature;
}

function plugin(name: string, columns: readonly Column[], parameters: readonly RawSymbol[]): RawSymbol {
  const { ColumnSymbol, FunctionSymbol, TableSymbol } = kusto.Symbols;
  const table = new TableSymbol.$ctor4(name, columns.map((column) => new ColumnSymbol.ctor(column.name, scalarSymbol(column.type))));
  return new FunctionSymbol.$ctor5(name, table, parameters);
}

function required(name: string, type: Column['type']): RawSymbol {
  return new kusto.Symbols.Parameter.$ctor2(name, scalarSymbol(type));
}

function optional(name: string, type: Column['type'], kind: 'Constant' | 'Literal'): RawSymbol {
  const { ArgumentKind, Parameter } = kusto.Symbols;
  return new Parameter.$ctor3(name, scalarSymbol(type), ArgumentKind[kind], null, null, true, null, 0, 1, null, null);
}
