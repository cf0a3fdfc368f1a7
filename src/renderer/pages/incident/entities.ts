import { entityDetail, entityHeadings, entityName } from '../../../common/entityText';
import type { FromIncidentPage } from '../../../common/incidentPage';
import type { Entity, EntityKind } from '../../../common/incidents';
import { element } from '../../dom';
import { button, quiet } from './section';

/** Kinds that hunts follow; of the others there is nothing to ask. */
const unhuntable: readonly EntityKind[] = ['Other'];

/** The entities by kind, each with what can be done with it. */
export function drawEntities(entities: readonly Entity[], post: (message: FromIncidentPage) => void): readonly Node[] {
  if (entities.length === 0) return [quiet('The service names no entities.')];
  const kinds = (Object.keys(entityHeadings) as EntityKind[]).filter((kind) => entities.some((entity) => entity.kind === kind));
  return kinds.flatMap((kind) => [
    element('h3', {}, entityHeadings[kind]),
    element('ul', { class: 'hb-rows' }, ...entities.flatMap((entity, index) => (entity.kind === kind ? [row(entity, index, post)] : []))),
  ]);
}

function row(entity: Entity, index: number, post: (message: FromIncidentPage) => void): HTMLElement {
  const name = entityName(entity);
  const detail = entityDetail(entity);
  const hunt = button({ label: `Hunt from ${name}`, icon: 'search', kind: 'icon', key: `hunt-${index}` }, () => post({ type: 'huntEntity', index }));
  return element(
    'li',
    {},
    element('span', { class: 'hb-text' }, element('span', { class: 'hb-name hb-data' }, name), ...(detail === '' ? [] : [element('span', { class: 'hb-detail' }, detail)])),
    element(
      'span',
      { class: 'hb-tools' },
      button({ label: `Copy ${name}`, icon: 'copy', kind: 'icon', key: `copy-${index}` }, () => post({ type: 'copy', text: name })),
      ...(unhuntable.includes(entity.kind) ? [] : [hunt]),
      button({ label: `Find incidents with ${name}`, icon: 'list', kind: 'icon', key: `find-${index}` }, () => post({ type: 'findEntity', index })),
    ),
  );
}
