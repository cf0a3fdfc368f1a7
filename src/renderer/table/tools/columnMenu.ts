import type { Column } from '../../../common/kqlTypes';
import type { AggregateKind } from '../../../common/resultViews';
import { aggregatesOf, type Grouping, timeBins } from '../grouping';
import type { MenuEntry } from './menu';
import type { TableContext } from '../tableContext';
import { columnTitle } from '../values';
import { filtersOf, sortedBy, withFilters, withoutDerivedColumn } from '../viewChanges';

/** What can be done with a column. */
export function columnMenu(table: TableContext, index: number): readonly MenuEntry[] {
  const column = table.model.columns.all[index];
  if (!column) return [];
  return [...sortEntries(table, index), 'line', ...rowEntries(table, index, column), 'line', ...placeEntries(table, index, column)];
}

function sortEntries(table: TableContext, index: number): readonly MenuEntry[] {
  const { view } = table;
  const key = view.sort.find((one) => one.column === index);
  const others = view.sort.length > (key ? 1 : 0);
  const sort = (descending: boolean, add: boolean) => (): void => table.setView(sortedBy(view, index, descending, add));
  const entries: MenuEntry[] = [
    { label: 'Sort ascending', checked: key?.descending === false, act: sort(false, false) },
    { label: 'Sort descending', checked: key?.descending === true, act: sort(true, false) },
  ];
  if (others) {
    entries.push({
      label: 'Add to the sort',
      items: () => [
        { label: 'Ascending', act: sort(false, true) },
        { label: 'Descending', act: sort(true, true) },
      ],
    });
  }
  if (key) entries.push({ label: 'Do not sort', act: () => table.setView({ ...view, sort: view.sort.filter((one) => one !== key) }) });
  return entries;
}

function rowEntries(table: TableContext, index: number, column: Column): readonly MenuEntry[] {
  const { view, grouping } = table;
  const filtered = filtersOf(view, index).length > 0;
  const isGrouped = grouping.by.some((key) => key.column === index);
  const entries: MenuEntry[] = [{ label: 'Filter…', icon: 'filter', act: () => table.editFilter(index) }];
  if (filtered) {
    const others = filtersOf(view).filter((filter) => filter.column !== index);
    entries.push({ label: 'Clear the filter of this column', act: () => table.setView(withFilters(view, others)) });
  }
  entries.push(groupEntry(table, index, column));
  if (isGrouped) {
    const by = grouping.by.filter((key) => key.column !== index);
    entries.push({ label: 'Do not group by this column', act: () => table.setGrouping({ ...grouping, by }) });
  } else if (grouping.by.length > 0) {
    entries.push({ label: 'Show in groups', icon: 'bars', items: () => aggregateEntries(table, index, column) });
  }
  entries.push(
    { label: 'Pivot by this column…', icon: 'pivot', act: () => table.showPivot(index) },
    { label: 'Statistics', icon: 'bars', act: () => table.showStatistics(index) },
  );
  return entries;
}

function groupEntry(table: TableContext, index: number, column: Column): MenuEntry {
  const { grouping } = table;
  const label = grouping.by.length > 0 ? 'Then group by' : 'Group by';
  const disabled = grouping.by.some((key) => key.column === index);
  const group = (bin?: number) => (): void => {
    const orderBy = bin === undefined ? grouping.orderBy : 'key';
    table.setGrouping({ ...grouping, orderBy, by: [...grouping.by, { column: index, ...(bin === undefined ? {} : { bin }) }] });
  };
  if (column.type !== 'datetime') return { label, icon: 'group', disabled, act: group() };
  const bins = timeBins.map(([name, milliseconds]) => ({ label: `By ${name}`, act: group(milliseconds) }));
  return { label, icon: 'group', disabled, items: () => [...bins, { label: 'By the exact time', act: group() }] };
}

const aggregateNames: Readonly<Record<AggregateKind, string>> = {
  count: 'Count',
  distinct: 'Distinct values',
  sum: 'Sum',
  mean: 'Mean',
  min: 'Minimum',
  max: 'Maximum',
};

function aggregateEntries(table: TableContext, index: number, column: Column): readonly MenuEntry[] {
  const { grouping } = table;
  const current = grouping.aggregates.find((one) => one.column === index)?.kind;
  const choose = (kind: AggregateKind | undefined) => (): void => table.setGrouping(withAggregate(grouping, index, kind));
  return [
    { label: 'Nothing', checked: current === undefined, act: choose(undefined) },
    ...aggregatesOf(column.type).map((kind) => ({ label: aggregateNames[kind], checked: current === kind, act: choose(kind) })),
  ];
}

function withAggregate(grouping: Grouping, column: number, kind: AggregateKind | undefined): Grouping {
  const others = grouping.aggregates.filter((one) => one.column !== column);
  return { ...grouping, aggregates: kind === undefined ? others : [...others, { column, kind }] };
}

function placeEntries(table: TableContext, index: number, column: Column): readonly MenuEntry[] {
  const { columns } = table.model;
  const pinned = columns.isPinned(index);
  const own = table.saved.columns.length;
  const entries: MenuEntry[] = [
    { label: pinned ? 'Unpin' : 'Pin left', icon: 'pin', act: () => table.arrange((set) => set.setPinned(index, !pinned)) },
    { label: 'Hide', icon: 'hide', disabled: columns.shown.length <= 1, act: () => table.arrange((set) => set.setHidden(index, true)) },
    { label: 'Fit to the values', keys: 'Alt+Shift+Enter', act: () => table.resize(index, 'fit') },
    { label: 'Columns…', icon: 'columns', act: () => table.showColumns() },
    { label: 'Copy the name', icon: 'copy', act: () => table.copy(column.name, `Copied the name ${columnTitle(column)}`) },
  ];
  if (index >= own) {
    entries.push({ label: 'Remove this column', icon: 'trash', act: () => table.setView(withoutDerivedColumn(table.view, own, index)) });
  }
  return entries;
}
