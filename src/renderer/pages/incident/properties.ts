import type { IncidentAction, IncidentPageState } from '../../../common/incidentPage';
import { type IncidentFields, type IncidentStatus, isSameOwner, type Severity } from '../../../common/incidents';
import { element } from '../../dom';
import { closeForm } from './closeForm';
import { spaced } from './header';
import { button, option } from './section';

const severities: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational'];
const statuses: readonly IncidentStatus[] = ['New', 'Active', 'Closed'];
const NOBODY = 'nobody';

/** Status, severity, owner, labels: each is changed where it stands. */
export class Properties {
  readonly node = element('div', { class: 'hb-properties' });
  readonly #act: (action: IncidentAction) => void;
  /** People are about to close the incident. */
  #isClosing = false;
  #state: IncidentPageState | undefined;

  constructor(act: (action: IncidentAction) => void) {
    this.#act = act;
  }

  draw(state: IncidentPageState): readonly Node[] {
    this.#state = state;
    this.#redraw();
    return [this.node];
  }

  #redraw(focus?: string): void {
    if (!this.#state) return;
    const { incident } = this.#state.details;
    if (incident.status === 'Closed') this.#isClosing = false;
    this.node.replaceChildren(
      field('Status', 'status', this.#statusSelect(incident.status)),
      ...(this.#isClosing ? [this.#closing()] : []),
      field('Severity', 'severity', choice('severity', severities, incident.severity, (severity) => this.#change({ severity }))),
      field('Owner', 'owner', this.#ownerSelect(this.#state)),
      this.#labels(incident.labels),
      ...fact('Classification', classificationText(this.#state)),
      ...fact('Tactics', incident.tactics.map(spaced).join(', ')),
      ...fact('Techniques', incident.techniques.join(', ')),
      ...fact('Sources', incident.providers.join(', ')),
    );
    if (focus !== undefined) this.node.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus();
  }

  #change(fields: IncidentFields): void {
    this.#act({ kind: 'change', fields });
  }

  #statusSelect(current: IncidentStatus): HTMLSelectElement {
    return choice('status', statuses, this.#isClosing ? 'Closed' : current, (status) => {
      this.#isClosing = status === 'Closed' && current !== 'Closed';
      if (this.#isClosing) this.#redraw('classification');
      else if (status === current) this.#redraw('status');
      else this.#change({ status });
    });
  }

  /** The service wants to know why. */
  #closing(): HTMLElement {
    return closeForm(
      (fields) => {
        this.#isClosing = false;
        this.#change(fields);
      },
      () => {
        this.#isClosing = false;
        this.#redraw('status');
      },
    );
  }

  #ownerSelect({ details, people, me }: IncidentPageState): HTMLSelectElement {
    const { owner } = details.incident;
    const select = element('select', { id: 'hb-owner', 'data-key': 'owner' }, option(NOBODY, 'Unassigned'));
    const known = owner && !people.some((person) => isSameOwner(person, owner)) ? [...people, owner] : people;
    known.forEach((person, index) => {
      const name = person.name === '' ? (person.email ?? '') : person.name;
      const made = option(String(index), isSameOwner(person, me) ? `${name} (me)` : name);
      made.selected = isSameOwner(person, owner);
      select.append(made);
    });
    select.addEventListener('change', () => this.#change({ owner: known[Number(select.value)] ?? null }));
    return select;
  }

  #labels(labels: readonly string[]): HTMLElement {
    const input = element('input', { id: 'hb-labels', type: 'text', placeholder: 'Add a label', 'data-key': 'labels', autocomplete: 'off' });
    input.addEventListener('keydown', (event) => {
      const label = input.value.trim();
      if (event.key !== 'Enter' || label === '') return;
      event.preventDefault();
      input.value = '';
      if (!labels.includes(label)) this.#change({ labels: [...labels, label] });
    });
    const chips = labels.map((label) => {
      const remove = button({ label: `Remove label ${label}`, icon: 'close', kind: 'icon' }, () => {
        this.#change({ labels: labels.filter((one) => one !== label) });
      });
      return element('li', { class: 'hb-chip' }, label, remove);
    });
    const list = chips.length === 0 ? [] : [element('ul', { class: 'hb-chips', 'aria-label': 'Labels' }, ...chips)];
    const box = element('div', { class: 'hb-labels' }, ...list, input);
    return field('Labels', 'labels', box);
  }
}

function field(label: string, name: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'hb-field' }, element('label', { for: `hb-${name}` }, label), control);
}

function fact(label: string, value: string): readonly HTMLElement[] {
  return value === '' ? [] : [element('div', { class: 'hb-field' }, element('span', { class: 'hb-label' }, label), element('span', {}, value))];
}

function choice<T extends string>(name: string, values: readonly T[], current: T, choose: (value: T) => void): HTMLSelectElement {
  const select = element('select', { id: `hb-${name}`, 'data-key': name }, ...values.map((value) => option(value, value)));
  select.value = current;
  select.addEventListener('change', () => {
    const chosen = values.find((value) => value === select.value);
    if (chosen !== undefined) choose(chosen);
  });
  return select;
}

function classificationText({ details: { incident } }: IncidentPageState): string {
  const { classification, classificationReason, classificationComment = '' } = incident;
  if (classification === undefined) return '';
  const reason = classificationReason === undefined ? '' : `: ${spaced(classificationReason).toLowerCase()}`;
  return `${spaced(classification)}${reason}${classificationComment === '' ? '' : ` (${classificationComment})`}`;
}
