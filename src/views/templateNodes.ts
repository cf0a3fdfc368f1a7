import { type TemplateEntry, BUNDLED_SOURCE, OTHER_GROUP } from '../common/templates';
import { groupTemplates, matchesFilter, type TemplateGroup, type TemplateGrouping, type TemplateSorting } from '../templates/templateOrder';
import type { SourceState } from './templateLibrary';

export interface TemplateLook {
  readonly grouping: TemplateGrouping;
  readonly sorting: TemplateSorting;
  /** Words; everything when empty. */
  readonly filter: string;
}

export type TemplateNode =
  | { readonly kind: 'favourites'; readonly entries: readonly TemplateEntry[] }
  | { readonly kind: 'source'; readonly state: SourceState; readonly children: readonly TemplateNode[] }
  | ({ readonly kind: 'group'; readonly place: string; readonly grouping: TemplateGrouping } & TemplateGroup)
  /** Offers to download what is not there. */
  | { readonly kind: 'offer'; readonly state: SourceState }
  | { readonly kind: 'failure'; readonly state: Extract<SourceState, { readonly kind: 'failed' }> }
  | { readonly kind: 'nothing'; readonly state: SourceState }
  | { readonly kind: 'entry'; readonly entry: TemplateEntry; readonly place: string };

/** The top of the tree: favourites, then sources with what is in them, or groups over all sources. */
export function rootNodes(
  states: readonly SourceState[],
  look: TemplateLook,
  isFavourite: (id: string) => boolean,
): readonly TemplateNode[] {
  const shown = states.map((state) => filtered(state, look.filter));
  const entries = shown.flatMap((state) => (state.kind === 'read' ? state.entries : []));
  const favourites = entries.filter(({ id }) => isFavourite(id));
  const head: readonly TemplateNode[] = favourites.length === 0 ? [] : [{ kind: 'favourites', entries: favourites }];
  if (look.grouping === 'folder') return [...head, ...shown.flatMap((state) => sourceNode(state, look))];
  const groups = groupTemplates(entries, look.grouping, look.sorting).map((group) => groupNode(group, '', look.grouping));
  return [...head, ...groups, ...shown.flatMap((state) => exceptions(state, look.filter))];
}

export function childNodes(node: TemplateNode): readonly TemplateNode[] {
  switch (node.kind) {
    case 'source':
      return node.children;
    case 'favourites':
      return node.entries.map((entry) => ({ kind: 'entry', entry, place: 'favourites' }));
    case 'group':
      return node.entries.map((entry) => ({ kind: 'entry', entry, place: `${node.place}/${node.name}` }));
    default:
      return [];
  }
}

function filtered(state: SourceState, filter: string): SourceState {
  return state.kind === 'read' ? { ...state, entries: state.entries.filter((entry) => matchesFilter(entry, filter)) } : state;
}

/** A source that the filter leaves nothing of is not shown. */
function sourceNode(state: SourceState, look: TemplateLook): readonly TemplateNode[] {
  const children = state.kind === 'read' && state.entries.length > 0 ? groupNodes(state, look) : exceptions(state, look.filter);
  return children.length === 0 ? [] : [{ kind: 'source', state, children }];
}

/** What lies at the top of a repository comes first, for it is the best of it; then its folders. */
function groupNodes(state: Extract<SourceState, { readonly kind: 'read' }>, { sorting }: TemplateLook): readonly TemplateNode[] {
  const { key } = state.source;
  const groups = groupTemplates(state.entries, 'folder', sorting);
  const isFlat = (name: string): boolean => name === OTHER_GROUP && (key !== BUNDLED_SOURCE || groups.length === 1);
  const top = groups.filter(({ name }) => isFlat(name)).flatMap(({ entries }) => entries);
  return [
    ...top.map((entry): TemplateNode => ({ kind: 'entry', entry, place: key })),
    ...groups.filter(({ name }) => !isFlat(name)).map((group) => groupNode(group, key, 'folder')),
  ];
}

function groupNode(group: TemplateGroup, place: string, grouping: TemplateGrouping): TemplateNode {
  return { kind: 'group', place, grouping, ...group };
}

function exceptions(state: SourceState, filter: string): readonly TemplateNode[] {
  if (state.kind === 'absent') return [{ kind: 'offer', state }];
  if (state.kind === 'failed') return [{ kind: 'failure', state }];
  if (state.kind === 'loading') return [{ kind: 'nothing', state }];
  return state.entries.length === 0 && filter === '' ? [{ kind: 'nothing', state }] : [];
}
