import { OTHER_GROUP, type Template } from '../common/templates';
import { type Introduction, readIntroduction } from './introduction';
import { cellSource, isParametersCell, type JsonObject, objectAt, type TemplateNotebook, textAt, textsAt } from './notebookJson';
import { isKqlKernel, readKernel } from './templateKernel';
import { tablesInQueries, tablesInText } from './tableNames';

/** What is known of a template before its content is read. */
export interface TemplatePlace {
  readonly id: string;
  readonly source: string;
  readonly path: string;
  /** Folder within the source; '' at its top. */
  readonly folder: string;
  readonly hash: string;
}

/** Markdown cells that introduce a notebook are few; what comes later is its text. */
export const INTRODUCTION_CELLS = 5;

/** Describes a template by its notebook's `metadata.huntbook`, and by its introduction and its code where that says nothing. */
export function describeTemplate(notebook: TemplateNotebook, place: TemplatePlace): Template {
  const { folder, ...known } = place;
  const own = objectAt(notebook.metadata, 'huntbook');
  const intro = readIntroduction(introductionCells(notebook));
  const dataSources = textsAt(own, 'dataSources');
  const kernel = readKernel(notebook.metadata);
  const superseded = intro.superseded || (/(^|\/)deprecated/i.test(folder) ? 'It lies in a folder of deprecated notebooks.' : '');
  return {
    kind: 'template',
    ...known,
    title: textAt(own, 'title') || intro.title || titleOfFile(place.id),
    description: textAt(own, 'description') || intro.description,
    group: textAt(own, 'group') || folder || OTHER_GROUP,
    tactics: textsAt(own, 'tactics'),
    techniques: textsAt(own, 'techniques'),
    tables: tablesOf(notebook, own, intro),
    dataSources: dataSources.length > 0 ? dataSources : intro.dataSources,
    version: textAt(own, 'version') || intro.version,
    pythonVersion: isKqlKernel(kernel) ? '' : intro.pythonVersion,
    author: textAt(own, 'author') || intro.author,
    parameters: notebook.cells.filter(isParametersCell).flatMap((cell) => definedNames(cellSource(cell))),
    ...(kernel ? { kernel } : {}),
    ...(superseded === '' ? {} : { superseded }),
  };
}

/** Texts of the markdown cells before the first code cell. */
function introductionCells(notebook: TemplateNotebook): readonly string[] {
  const firstCode = notebook.cells.findIndex((cell) => cell['cell_type'] === 'code');
  const before = firstCode <= 0 ? notebook.cells : notebook.cells.slice(0, firstCode);
  return before
    .filter((cell) => cell['cell_type'] === 'markdown')
    .slice(0, INTRODUCTION_CELLS)
    .map(cellSource);
}

function tablesOf(notebook: TemplateNotebook, own: JsonObject, intro: Introduction): readonly string[] {
  const named = textsAt(own, 'tables');
  if (named.length > 0) return named;
  const inCode = notebook.cells.filter((cell) => cell['cell_type'] === 'code').flatMap((cell) => tablesInQueries(cellSource(cell)));
  return [...new Set([...tablesInText(intro.dataSources.join('\n')), ...inCode])];
}

function titleOfFile(id: string): string {
  const words = (id.split(/[/:]/).at(-1) ?? id).replace(/\.ipynb$/i, '').replace(/[-_]+/g, ' ').replace(/\s+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names that KQL's `let` or Python's assignments at the line's head define. */
function definedNames(code: string): readonly string[] {
  const names = [...code.matchAll(/^(?:\s*let\s+([A-Za-z_]\w*)\s*=|([A-Za-z_]\w*)\s*=(?!=))/gm)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(names)];
}
