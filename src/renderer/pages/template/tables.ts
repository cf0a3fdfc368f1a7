import type { TableState, TemplateTables } from '../../../common/templatePage';
import { element } from '../../dom';
import { type IconName, icon } from '../../icons';
import { button, quiet } from '../incident/section';
import { localTime, utcTime } from '../incident/times';

const words: Readonly<Record<TableState['state'], string>> = { data: 'has data', empty: 'empty', absent: 'not in the workspace', unknown: 'unknown' };
const icons: Readonly<Record<TableState['state'], IconName>> = { data: 'tick', empty: 'warning', absent: 'close', unknown: 'info' };

/** The tables, each with whether there is data, by shape, colour and word, and when it last came. */
export function drawTables({ workspace, tables }: TemplateTables, connect: () => void): readonly Node[] {
  if (tables.length === 0) return [quiet('It names no tables.')];
  const verdict = workspace === undefined ? element('p', { class: 'hb-quiet' }, 'No workspace is connected. ') : quiet(summary(workspace, tables));
  if (workspace === undefined) verdict.append(button({ label: 'Choose a workspace', kind: 'link', key: 'connect' }, connect));
  return [verdict, element('ul', { class: 'hb-tables' }, ...tables.map(drawTable))];
}

function summary(workspace: string, tables: readonly TableState[]): string {
  if (tables.some(({ state }) => state === 'unknown')) return `What ${workspace} has is not known.`;
  const count = tables.filter(({ state }) => state === 'data').length;
  if (count === tables.length) return `${workspace} has data in all of them.`;
  return count === 0 ? `${workspace} has data in none of them.` : `${workspace} has data in ${count} of ${tables.length}.`;
}

function drawTable({ name, state, rows, lastTime }: TableState): HTMLElement {
  const facts = [words[state], ...(state === 'data' && rows !== undefined ? [`${rows.toLocaleString('en')} rows`] : [])];
  const detail = element('span', { class: 'hb-detail' }, facts.join(' · '));
  if (lastTime !== undefined) detail.append(' · last ', element('time', { datetime: lastTime, title: utcTime(lastTime) }, localTime(lastTime)));
  return element('li', { class: `hb-table-state hb-table-${state}` }, icon(icons[state]), element('span', {}, element('code', {}, name), ' ', detail));
}
