/**
 * The table renderer: shows the vendor item of a result as a grid. Loaded into the notebook's webview by VS Code.
 */
import { element } from '../dom';
import { Messenger } from '../messenger';
import type { ActivationFunction } from '../rendererApi';
import { readSavedTable } from './savedTable';
import css from './table.css';
import { TableView } from './tableView';
import { ViewStates } from './viewState';

export const activate: ActivationFunction = (context) => {
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  document.adoptedStyleSheets.push(styles);
  const messenger = new Messenger(context);
  const states = new ViewStates(context);
  const views = new Map<string, TableView>();
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
      views.set(item.id, new TableView(container, saved, { messenger, states, idPrefix: `hb${made}` }));
    },
    disposeOutputItem(id) {
      for (const view of id === undefined ? [...views.keys()] : [id]) dispose(view);
    },
  };
};
