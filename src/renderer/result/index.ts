/**
 * The renderer of results: shows the vendor item of an output in tabs. Loaded into the notebook's webview by VS Code.
 */
import { DATA_RESOURCE_MIME, savedDataResource } from '../../common/dataResource';
import { adoptStyles } from '../adoptStyles';
import { element } from '../dom';
import { Messenger } from '../messenger';
import type { ActivationFunction, OutputItem } from '../rendererApi';
import { readSavedTable, type SavedTable } from '../table/savedTable';
import tableCss from '../table/table.css';
import { ViewStates } from '../table/viewState';
import css from './result.css';
import { ResultView } from './resultView';
import { resultTabs } from './tabs';

const unreadable = 'This result was saved by another version of Huntbook, or the file is damaged. Run the cell again.';

export const activate: ActivationFunction = (context) => {
  adoptStyles(tableCss);
  adoptStyles(css);
  const messenger = new Messenger(context);
  const states = new ViewStates(context);
  const tabs = resultTabs(states);
  const views = new Map<string, ResultView>();
  let made = 0;

  const dispose = (id: string): void => {
    views.get(id)?.dispose();
    views.delete(id);
  };

  return {
    renderOutputItem(item, container) {
      dispose(item.id);
      const saved = readItem(item, messenger);
      if (!saved) {
        const text = item.mime === DATA_RESOURCE_MIME ? 'This output is not a table that can be read.' : unreadable;
        container.replaceChildren(element('p', { class: 'hb-quiet' }, text));
        return;
      }
      made += 1;
      views.set(item.id, new ResultView(container, saved, { messenger, states, tabs, idPrefix: `hb${made}` }));
    },
    disposeOutputItem(id) {
      for (const view of id === undefined ? [...views.keys()] : [id]) dispose(view);
    },
  };
};

/** A result of ours, or the table of another kernel; undefined when it is not understood. */
function readItem(item: OutputItem, messenger: Messenger): SavedTable | undefined {
  if (item.mime !== DATA_RESOURCE_MIME) return readSavedTable(item.json());
  const saved = readSavedTable(savedDataResource(item.json(), `${item.mime}:${item.id}`));
  if (!saved) return undefined;
  messenger.tell({ type: 'hold', resultId: saved.resultId, columns: saved.columns, rows: saved.preview.rows });
  // No workspace answered, and nobody took the time.
  return { ...saved, workspace: undefined, elapsedMs: undefined };
}
