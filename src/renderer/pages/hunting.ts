/** The page of a set of hunting queries: what each finds now, and found before. */
import { type HuntingRun, type HuntingRunsState, rowDelta, type ToHuntingRuns } from '../../common/huntingRuns';
import { element } from '../dom';
import { icon } from '../icons';
import { adoptStyles } from '../adoptStyles';
import { connectHost, type PageHost } from './hostApi';
import { spaced } from './incident/header';
import css from './incident/incident.css';
import { button } from './incident/section';
import { localTime } from './incident/times';
import tableCss from './hunting.css';

adoptStyles(css);
adoptStyles(tableCss);
const root = document.getElementById('page');
if (root) {
  root.classList.add('hb-page');
  const host = connectHost((message) => draw(root, (message as ToHuntingRuns).state, host));
  host.post({ type: 'ready' });
}

const numbers = new Intl.NumberFormat();

function draw(page: HTMLElement, state: HuntingRunsState, host: PageHost): void {
  const focused = document.activeElement?.getAttribute('data-key');
  const done = state.runs.filter(({ state: one }) => one === 'done' || one === 'failed').length;
  const found = state.runs.filter(({ rows = 0 }) => rows > 0).length;
  const more = state.runs.filter((run) => (rowDelta(run) ?? 0) > 0).length;
  const summary = `${done} of ${state.runs.length} run · ${found} with rows · ${more} with more rows than before`;
  const where = `${state.workspaceName}${state.timespan === undefined ? '' : ` · ${state.timespan}`}`;
  page.replaceChildren(
    element('h1', {}, 'Hunting queries'),
    element('p', { class: 'hb-facts' }, element('span', {}, where), element('span', { role: 'status' }, summary)),
    element(
      'div',
      { class: 'hb-buttons' },
      state.isRunning
        ? button({ label: 'Stop', icon: 'close', key: 'act' }, () => host.post({ type: 'stop' }))
        : button({ label: 'Run Again', icon: 'retry', kind: 'primary', key: 'act' }, () => host.post({ type: 'runAgain' })),
    ),
    table(state.runs, host),
  );
  if (typeof focused === 'string') page.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function table(runs: readonly HuntingRun[], host: PageHost): HTMLElement {
  const headings = ['Query', 'Tactics', 'Rows now', 'Rows last time', 'Change', 'Time', ''];
  const head = element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, ...(text === '' ? [element('span', { class: 'hb-spoken' }, 'Open')] : [text]))));
  const body = runs.map((run) => {
    const open = button({ label: `Open ${run.name} in a notebook`, icon: 'run', kind: 'icon', key: run.id }, () => host.post({ type: 'open', id: run.id }));
    return element(
      'tr',
      { class: `hb-run-${run.state}` },
      element('th', { scope: 'row' }, run.name, ...(run.text === undefined ? [] : [element('span', { class: 'hb-detail' }, run.text)])),
      element('td', {}, run.tactics.map(spaced).join(', ')),
      element('td', { class: 'hb-number' }, ...rowsNow(run)),
      element('td', { class: 'hb-number', ...(run.before ? { title: localTime(run.before.at) } : {}) }, run.before ? numbers.format(run.before.rows) : '–'),
      element('td', { class: 'hb-number' }, ...change(run)),
      element('td', { class: 'hb-number' }, run.elapsedMs === undefined ? '' : `${(run.elapsedMs / 1000).toFixed(1)} s`),
      element('td', {}, open),
    );
  });
  return element('table', { class: 'hb-runs' }, element('thead', {}, head), element('tbody', {}, ...body));
}

function rowsNow({ state, rows }: HuntingRun): readonly (Node | string)[] {
  if (state === 'failed') return [icon('warning'), ' failed'];
  if (state === 'done') return [numbers.format(rows ?? 0)];
  return [element('span', { class: 'hb-quiet' }, state === 'running' ? 'running…' : 'waiting')];
}

function change(run: HuntingRun): readonly (Node | string)[] {
  const delta = rowDelta(run);
  if (delta === undefined) return ['–'];
  if (delta === 0) return [element('span', { class: 'hb-quiet' }, 'same')];
  return [icon(delta > 0 ? 'sortedUp' : 'sortedDown'), ` ${delta > 0 ? '+' : '−'}${numbers.format(Math.abs(delta))}`];
}
