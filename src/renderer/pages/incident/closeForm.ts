import { type ClassificationReason, classificationReasons, classifications, type IncidentClassification, type IncidentFields } from '../../../common/incidents';
import { element } from '../../dom';
import { spaced } from './header';
import { button, option } from './section';

interface Verdict {
  readonly classification: IncidentClassification;
  readonly classificationReason?: ClassificationReason;
}

/** Each classification with each of its reasons. */
const verdicts: readonly Verdict[] = classifications.flatMap((classification): readonly Verdict[] => {
  const reasons: readonly ClassificationReason[] = classificationReasons[classification];
  return reasons.length === 0 ? [{ classification }] : reasons.map((classificationReason) => ({ classification, classificationReason }));
});

/** Asks why the incident is closed. */
export function closeForm(close: (fields: IncidentFields) => void, cancel: () => void): HTMLFormElement {
  const select = element('select', { id: 'hb-classification', 'data-key': 'classification' });
  verdicts.forEach((verdict, index) => select.append(option(String(index), describe(verdict))));
  const why = element('textarea', { id: 'hb-why', rows: '2', placeholder: 'Why? May be empty' });
  const form = element(
    'form',
    { class: 'hb-close', 'aria-label': 'Close the incident' },
    element('label', { for: 'hb-classification' }, 'Close as'),
    select,
    element('label', { for: 'hb-why' }, 'Comment'),
    why,
    element(
      'div',
      { class: 'hb-buttons' },
      element('button', { type: 'submit', class: 'hb-button hb-primary' }, 'Close Incident'),
      button({ label: 'Cancel' }, cancel),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const classificationComment = why.value.trim();
    close({ status: 'Closed', ...verdicts[Number(select.value)], ...(classificationComment === '' ? {} : { classificationComment }) });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') cancel();
  });
  return form;
}

function describe({ classification, classificationReason }: Verdict): string {
  const reason = classificationReason === undefined ? '' : `: ${spaced(classificationReason).toLowerCase()}`;
  return `${spaced(classification)}${reason}`;
}
