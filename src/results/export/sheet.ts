import { displayText } from '../columnText';
import { utf16Length } from '../pages';
import type { ViewColumn } from '../viewColumns';
import type { RowFormat } from './rowFormat';

/** Limits of the format. Source: https://support.microsoft.com/office/excel-specifications-and-limits */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
export const MAX_CELL_TEXT = 32_767;

/**
 * The one sheet of an XLSX file (ECMA-376). Numbers are numbers while a spreadsheet shows all their digits (15); longer ones, times and
 * everything else are cells of text, which nothing takes for a formula, not even when someone edits them. The database writes the rows.
 */
export const sheet: RowFormat = {
  head: (columns) => {
    const widths = columns.length === 0 ? '' : `<cols><col min="1" max="${columns.length}" width="22" customWidth="1"/></cols>`;
    const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
    const names = columns.map(({ name }) => `<c s="${BOLD}" t="inlineStr"><is><t xml:space="preserve">${escaped(name)}</t></is></c>`).join('');
    return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${widths}<sheetData><row>${names}</row>`;
  },
  row: (columns) => `concat('<row>', ${columns.map((column) => `coalesce(${cellSql(column)}, '<c/>'), `).join('')}'</row>')`,
  text: (rows) => writable(rows.join('')),
  foot: (columns, rows) => {
    const filter = columns.length === 0 ? '' : `<autoFilter ref="A1:${columnLetters(columns.length)}${rows + 1}"/>`;
    return `</sheetData>${filter}</worksheet>`;
  },
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Places in `cellXfs`. */
const TEXT = 1;
const BOLD = 2;

export const SHEET_PATH = 'xl/worksheets/sheet1.xml';

/** All the files of the package but the sheet. */
export const packageParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/${SHEET_PATH}" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Result" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  // Number format 49 is text.
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
};

function cellSql(column: ViewColumn): string {
  const { sql, type } = column;
  const text = displayText(sql, type);
  const number = `'<c><v>' || ${text} || '</v></c>'`;
  switch (type) {
    case 'bool':
      return `'<c t="b"><v>' || CAST(CAST(${sql} AS INTEGER) AS VARCHAR) || '</v></c>'`;
    case 'int':
      return number;
    case 'long':
      return `CASE WHEN ${sql} BETWEEN -999999999999999 AND 999999999999999 THEN ${number} ELSE ${textCell(text)} END`;
    case 'decimal':
      return `CASE WHEN length(regexp_replace(${text}, '[-.]', '', 'g')) <= 15 THEN ${number} ELSE ${textCell(text)} END`;
    case 'real':
      return `CASE WHEN isfinite(${sql}) THEN ${number} ELSE ${textCell(text)} END`;
    case 'datetime':
    case 'timespan':
    case 'guid':
      return textCell(text);
    case 'string':
    case 'dynamic':
      return spacedCell(`replace(replace(replace(${fittingText(text)}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`);
  }
}

function textCell(text: string): string {
  return `'<c s="${TEXT}" t="inlineStr"><is><t>' || ${text} || '</t></is></c>'`;
}

/** Of text whose blanks at its ends count. */
function spacedCell(text: string): string {
  return `'<c s="${TEXT}" t="inlineStr"><is><t xml:space="preserve">' || ${text} || '</t></is></c>'`;
}

/** Cuts at the limit, which counts UTF-16 code units, and never through a character. */
function fittingText(text: string): string {
  const cut = `CASE WHEN length(${text}) = ${utf16Length(text)} THEN left(${text}, ${MAX_CELL_TEXT}) ELSE left(${text}, ${(MAX_CELL_TEXT - 1) / 2}) END`;
  return `CASE WHEN ${isTooLong(text)} THEN ${cut} ELSE ${text} END`;
}

/** SQL for "a cell cannot hold this text". */
export function isTooLong(text: string): string {
  return `(strlen(${text}) > ${MAX_CELL_TEXT} AND ${utf16Length(text)} > ${MAX_CELL_TEXT})`;
}

function escaped(text: string): string {
  return writable(text.slice(0, MAX_CELL_TEXT).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

/** What XML cannot hold is written as `_xHHHH_`; what looks like that already is told apart from it. Our own markup holds neither. */
function writable(xml: string): string {
  // Most rows have none: one quick look instead of two walks along megabytes.
  if (!suspicious.test(xml)) return xml;
  return xml
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
    .replace(unwritable, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

const suspicious = new RegExp('_x|[\\0-\\x08\\x0B-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]');
const unwritable = new RegExp('[\\0-\\x08\\x0B-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]', 'gu');

/** `A`, `Z`, `AA`, … of a column numbered from 1. */
function columnLetters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest === 0 ? '' : columnLetters(rest)}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
