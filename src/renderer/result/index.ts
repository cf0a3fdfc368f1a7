/**
 * The renderer of results: shows the vendor item of an output in tabs. Loaded into the notebook's webview by VS Code.
 */
import { element } from '../dom';
import { Messenger } from '../messenger';
import type { ActivationFunction } from '../rendererApi';
import { readSavedTable } from '../table/savedTable';
import tableCss from '../table/table.css';
import { ViewStates } from '../table/viewState';
import css from './result.css';
import { ResultView } from './resultView';
import { resultTabs } from './tabs';

export const activate: ActivationFunction = (context) => {
  for (const text of [tableCss, css]) {
    const styles = new CSSStyleSheet();
    styles.replaceSync(text);
    document.adoptedStyleSheets.push(styles);
  }
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
      const saved = readSavedTable(item.json());
      if (!saved) {
        const text = 'This result was saved by another version of Huntbook, or the file is damaged. Run the cell again.';
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
