import type { ResultTab } from '../resultTab';
import { TableView } from '../table/tableView';
import type { ViewStates } from '../table/viewState';
import { lateTab } from './lateTab';

/** Every way to look at a result, in the order of the tabs. */
export function resultTabs(states: ViewStates): readonly ResultTab[] {
  const table: ResultTab = {
    id: 'table',
    label: 'Table',
    icon: 'table',
    suits: () => true,
    open: async (container, { saved, messenger, idPrefix, view }) => new TableView(container, saved, { messenger, states, idPrefix, view }),
  };
  const chart = lateTab({
    id: 'chart',
    label: 'Chart',
    icon: 'chart',
    bundle: 'chart',
    suits: ({ columns, rowCount }) => columns.length > 0 && rowCount > 0,
    opensFirst: ({ visualization }) => visualization !== undefined && visualization.visualization !== 'table',
  });
  return [table, chart];
}
