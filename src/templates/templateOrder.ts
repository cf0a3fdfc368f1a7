import { FIRST_GROUP, OTHER_GROUP, type Template, type TemplateEntry } from '../common/templates';

export interface TemplateGroup {
  readonly name: string;
  readonly entries: readonly TemplateEntry[];
}

export type TemplateGrouping = 'folder' | 'tactic' | 'dataSource';
export type TemplateSorting = 'title' | 'lastChange';

/** Group of templates without a tactic or a table, when these make the groups. */
export const NO_GROUP = '';

/** Groups in the order to show them; one entry may be in several. Entries are sorted. */
export function groupTemplates(
  entries: readonly TemplateEntry[],
  grouping: TemplateGrouping = 'folder',
  sorting: TemplateSorting = 'title',
): readonly TemplateGroup[] {
  const groups = new Map<string, TemplateEntry[]>();
  for (const entry of entries) {
    for (const name of groupNames(entry, grouping)) {
      const group = groups.get(name);
      if (group) group.push(entry);
      else groups.set(name, [entry]);
    }
  }
  const compare = sorting === 'title' ? byTitle : byChange;
  return [...groups]
    .map(([name, members]) => ({ name, entries: [...members].sort(compare) }))
    .sort((left, right) => rank(left.name) - rank(right.name) || compareTexts(left.name, right.name));
}

/** The words that people type, in any order, each somewhere in what the template says of itself. */
export function matchesFilter(entry: TemplateEntry, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = searchText(entry).toLowerCase();
  return words.every((word) => text.includes(word));
}

/** By group, then by title; what cannot be read comes last. */
export function compareEntries(left: TemplateEntry, right: TemplateEntry): number {
  return rank(left.group) - rank(right.group) || compareTexts(left.group, right.group) || byTitle(left, right);
}

function groupNames(entry: TemplateEntry, grouping: TemplateGrouping): readonly string[] {
  if (grouping === 'folder') return [entry.group];
  const names = entry.kind === 'broken' ? [] : grouping === 'tactic' ? entry.tactics : entry.tables;
  return names.length > 0 ? names : [NO_GROUP];
}

function rank(group: string): number {
  if (group === NO_GROUP || group === OTHER_GROUP) return 2;
  return group === FIRST_GROUP ? 0 : 1;
}

function byTitle(left: TemplateEntry, right: TemplateEntry): number {
  return Number(left.kind === 'broken') - Number(right.kind === 'broken') || compareTexts(titleOf(left), titleOf(right)) || compareTexts(left.id, right.id);
}

function byChange(left: TemplateEntry, right: TemplateEntry): number {
  return compareTexts(changeOf(right), changeOf(left)) || byTitle(left, right);
}

function changeOf(entry: TemplateEntry): string {
  return entry.kind === 'template' ? (entry.lastChange ?? '') : '';
}

function titleOf(entry: TemplateEntry): string {
  return entry.kind === 'template' ? entry.title : entry.id;
}

function searchText(entry: TemplateEntry): string {
  if (entry.kind === 'broken') return `${entry.id} ${entry.message}`;
  const { id, title, description, group, tactics, techniques, tables, dataSources, author }: Template = entry;
  return [id, title, description, group, author, ...tactics, ...techniques, ...tables, ...dataSources].join(' ');
}

function compareTexts(left: string, right: string): number {
  return left.localeCompare(right, 'en');
}
