import type { CellPreview, TemplateDetails } from '../common/templateService';
import type { Template } from '../common/templates';
import { readIntroduction } from './introduction';
import { cellSource, isParametersCell, type JsonObject } from './notebookJson';
import { plainText } from './plainMarkdown';
import { makeNotebook } from './templateNotebook';
import { INTRODUCTION_CELLS } from './templateReader';

/** Cells of a preview at most, and the characters of one. */
const MOST_CELLS = 60;
const LONGEST_CELL = 4_000;
const LONGEST_INTRODUCTION = 12_000;

/** What a template's page shows beside what the catalogue knows. @throws HuntError `badNotebook`, `storage` */
export async function templateDetails(template: Template): Promise<TemplateDetails> {
  const { notebook, language } = await makeNotebook(template);
  const cells = notebook.cells as readonly JsonObject[];
  const firstCode = cells.findIndex((cell) => cell['cell_type'] === 'code');
  const introductionCells = Math.min(firstCode < 0 ? cells.length : firstCode, INTRODUCTION_CELLS);
  const { markdown } = readIntroduction(cells.slice(0, introductionCells).map(cellSource));
  const parameters = cells.find(isParametersCell);
  return {
    cells: cells.slice(0, MOST_CELLS).map((cell) => preview(cell, language)),
    cellCount: cells.length,
    introduction: cut(withoutTitle(markdown, template.title), LONGEST_INTRODUCTION),
    introductionCells,
    ...(parameters ? { parametersCell: preview(parameters, language) } : {}),
  };
}

/** The title stands above the introduction already. */
function withoutTitle(markdown: string, title: string): string {
  const [first = '', ...rest] = markdown.split('\n');
  return plainText(first.replace(/^\s*#+/, '')) === title ? rest.join('\n').trim() : markdown;
}

function preview(cell: JsonObject, language: string): CellPreview {
  const kind = cell['cell_type'] === 'code' ? 'code' : 'markdown';
  return { kind, language: kind === 'code' ? language : 'markdown', text: cut(cellSource(cell), LONGEST_CELL) };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
