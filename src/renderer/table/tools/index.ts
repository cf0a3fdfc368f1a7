/**
 * What a table needs only once somebody asks for it: menus, filters, panels, trees, copies, answers about rows that are all here. A bundle
 * of its own, so that the table is on screen sooner.
 */
import { adoptStyles } from '../../adoptStyles';
import css from './tools.css';

export { cellMenu } from './cellMenu';
export { columnMenu } from './columnMenu';
export { ColumnsPanel } from './columnsPanel';
export { formatCells } from './copyFormats';
export { editFilter } from './filterDialog';
export { JsonTree } from './jsonTree';
export { localAnswers } from './localAnswers';
export { openMenu } from './menu';
export { askForPivot } from './pivotDialog';
export { PivotTable } from './pivotTable';
export { StatisticsPanel } from './statisticsPanel';

adoptStyles(css);
