import { HuntError } from '../common/errors';
import { kqlName, kqlString } from '../common/kqlLiterals';
import { isKqlCell, type Notebook, withInsertedKqlCell, withoutCell } from './ipynb';
import { objectAt } from './json';
import { readStatements } from './letStatements';

export const PARAMETERS_TAG = 'parameters';
export const INJECTED_TAG = 'injected-parameters';

/** A value given for a parameter: text as typed on a command line, or a value of a form. */
export type ParameterValue = string | number | boolean | readonly ParameterValue[];

/**
 * Overrides parameters as Papermill does: a cell tagged `injected-parameters` that defines them anew is put after the cell tagged
 * `parameters`; one of an earlier run is replaced. Without values nothing is injected.
 * @throws HuntError `missingParameter` for a name that the parameters cell does not define, `badParameter` for a value that does not fit.
 */
export function applyParameters(notebook: Notebook, values: Readonly<Record<string, ParameterValue>>): Notebook {
  const cleaned = withoutInjected(notebook);
  const names = Object.keys(values);
  if (names.length === 0) return cleaned;
  const index = cleaned.cells.findIndex((cell) => isKqlCell(cell) && cell.tags.includes(PARAMETERS_TAG));
  const cell = cleaned.cells[index];
  const declared = new Map((cell ? readStatements(cell.source).lets : []).map((statement) => [statement.name, statement.value]));
  const lines = Object.entries(values).map(([name, value]) => {
    const example = declared.get(name);
    if (example === undefined) throw new HuntError({ kind: 'missingParameter', name });
    return `let ${kqlName(name)} = ${parameterLiteral(name, value, example)};`;
  });
  const source = ['// Parameters of this run', ...lines].join('\n');
  const { vscode } = objectAt(cell?.raw, 'metadata');
  return withInsertedKqlCell(cleaned, index + 1, source, { tags: [INJECTED_TAG], ...(vscode === undefined ? {} : { vscode }) });
}

function withoutInjected(notebook: Notebook): Notebook {
  const index = notebook.cells.findIndex((cell) => cell.tags.includes(INJECTED_TAG));
  return index === -1 ? notebook : withoutInjected(withoutCell(notebook, index));
}

/**
 * Writes a value as a KQL literal of the type that the parameter was declared with. Only literals come out, whatever the
 * value holds: a value cannot smuggle KQL in.
 * @param example The declared default, as KQL text: `datetime(2024-01-01)`, `ago(7d)`, `"alice"`, `dynamic([])`.
 */
export function parameterLiteral(name: string, value: ParameterValue, example: string): string {
  const bad = (expected: string): HuntError =>
    new HuntError({ kind: 'badParameter', name, message: `${JSON.stringify(value)} is not ${expected}` });
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
  const wrapper = /^(datetime|timespan|time|guid|int|long|real|double|decimal|bool|dynamic)\s*\(/i.exec(example)?.[1]?.toLowerCase();
  switch (wrapper) {
    case 'datetime':
      return datetimeLiteral(text) ?? fail(bad('a time such as 2024-05-06T07:08:09Z or ago(7d)'));
    case 'timespan':
    case 'time':
      return timespanLiteral(text) ?? fail(bad('a duration such as 7d, 90m or 1.02:00:00'));
    case 'guid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? `guid(${text})` : fail(bad('a guid'));
    case 'bool':
      return booleanLiteral(text) ?? fail(bad('true or false'));
    case 'dynamic':
      return dynamicLiteral(value) ?? fail(bad('JSON'));
    case undefined:
      break;
    default:
      return numberPattern.test(text) ? `${wrapper}(${text})` : fail(bad('a number'));
  }
  if (/^(ago|now|todatetime|startof\w+|endof\w+|datetime_add|make_datetime|bin)\s*\(/i.test(example)) {
    return datetimeLiteral(text) ?? fail(bad('a time such as 2024-05-06T07:08:09Z or ago(7d)'));
  }
  if (durationPattern.test(example)) return timespanLiteral(text) ?? fail(bad('a duration such as 7d, 90m or 1.02:00:00'));
  if (/^(true|false)$/i.test(example)) return booleanLiteral(text) ?? fail(bad('true or false'));
  if (numberPattern.test(example)) return numberPattern.test(text) ? text : fail(bad('a number'));
  if (typeof value === 'number' || typeof value === 'boolean') return /^[hH@]*["']/.test(example) ? kqlString(text) : text;
  return typeof value === 'string' ? kqlString(value) : `dynamic(${JSON.stringify(value)})`;
}

const durationPattern =
  /^-?\d+(\.\d+)?(d|h|m|s|ms|microsecond|microseconds|tick|ticks|day|days|hour|hours|minute|minutes|second|seconds)$/i;
const numberPattern = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

function datetimeLiteral(text: string): string | undefined {
  const relative = /^(ago|now)\(\s*(-?\d+(?:\.\d+)?(?:d|h|m|s))?\s*\)$/.exec(text);
  if (relative) return `${relative[1]}(${relative[2] ?? ''})`;
  const wrapped = /^datetime\(([^()]*)\)$/i.exec(text)?.[1]?.trim() ?? text;
  const pattern = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
  return pattern.test(wrapped) && !Number.isNaN(Date.parse(wrapped.replace(' ', 'T'))) ? `datetime(${wrapped})` : undefined;
}

function timespanLiteral(text: string): string | undefined {
  if (durationPattern.test(text)) return text;
  const clock = /^(?:timespan|time)\(([^()]*)\)$/i.exec(text)?.[1]?.trim() ?? text;
  if (durationPattern.test(clock)) return clock;
  return /^-?(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$/.test(clock) ? `timespan(${clock})` : isoDuration(clock);
}

/** Days, hours, minutes and seconds of an ISO 8601 duration, as the notebook's `timespan` option writes them. */
function isoDuration(text: string): string | undefined {
  const parts = /^P(?=\w)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!parts) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part: string | undefined) => Number(part ?? 0));
  return `${((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds}s`;
}

function booleanLiteral(text: string): string | undefined {
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
}

function dynamicLiteral(value: ParameterValue): string | undefined {
  if (typeof value !== 'string') return `dynamic(${JSON.stringify(value)})`;
  try {
    return `dynamic(${JSON.stringify(JSON.parse(value))})`;
  } catch {
    return undefined;
  }
}

function fail(error: HuntError): never {
  throw error;
}
