import { graphColumns } from '../../common/investigation/entityGraph';
import { processColumns } from '../../common/investigation/processColumns';
import { timelineColumns } from '../../common/investigation/timeline';
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
  const events = lateTab({
    id: 'timeline',
    label: 'Timeline',
    icon: 'timeline',
    bundle: 'timeline',
    suits: ({ columns, rowCount }) => rowCount > 0 && timelineColumns(columns) !== undefined,
  });
  const processes = lateTab({
    id: 'processes',
    label: 'Process tree',
    icon: 'tree',
    bundle: 'processes',
    suits: ({ columns, rowCount }) => rowCount > 0 && processColumns(columns) !== undefined,
  });
  const entities = lateTab({
    id: 'entities',
    label: 'Entities',
    icon: 'graph',
    bundle: 'entities',
    suits: ({ columns, rowCount }) => rowCount > 0 && graphColumns(columns) !== undefined,
  });
  return [table, chart, events, processes, entities];
}
