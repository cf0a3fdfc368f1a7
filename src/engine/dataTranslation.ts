import type { Column } from '../common/kqlTypes';
import { HuntError, type HuntErrorData } from '../common/errors';
import type { Insertion } from './insertions';
import { SchemaNeeded, schemaText } from './plugins/schemaNeeded';
import { translate, type TranslateInput, type Translation } from './translate';

interface Answered {
  readonly position: number;
  readonly columns: readonly Column[];
  readonly isEmpty: boolean;
}

/** Most names that are made up for one plugin without rows. */
const MOST_NAMES = 200;

/**
 * Translates a cell whose plugins may have columns that depend on the data: `read` runs the questions. A plugin without rows has the
 * columns that the query names, of type dynamic.
 * @throws as {@link translate}, and whatever `read` throws.
 */
export async function translateWithData(
  input: TranslateInput,
  read: (sql: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<Translation> {
  const answers: Answered[] = [];
  for (;;) {
    const insertions = answers.map(({ position, columns }): Insertion => ({ position, text: schemaText(columns) }));
    try {
      return translate(input, insertions);
    } catch (thrown) {
      if (thrown instanceof SchemaNeeded) {
        const { columns, isEmpty } = thrown.schemaOf(await read(thrown.sql));
        answers.push({ position: thrown.position, columns, isEmpty });
        continue;
      }
      const last = answers.findLastIndex(({ isEmpty }) => isEmpty);
      const empty = answers[last];
      const columns = empty && thrown instanceof HuntError ? withName(empty.columns, thrown.data, input.text) : undefined;
      if (!empty || !columns || columns.length > MOST_NAMES) throw thrown;
      // Later insertions were made with the shorter text before them: they are asked again.
      answers.splice(last, answers.length - last, { ...empty, columns });
    }
  }
}

/** The columns with the one that an error asks for: a missing name, or one that cannot be dynamic where it stands. */
function withName(columns: readonly Column[], error: HuntErrorData, text: string): readonly Column[] | undefined {
  if (error.kind === 'unknownName') return columns.some(({ name }) => name === error.name) ? undefined : [...columns, { name: error.name, type: 'dynamic' }];
  if (error.kind !== 'query' || !error.span || !error.message.includes("'dynamic'")) return undefined;
  const name = text.slice(error.span.start, error.span.start + error.span.length);
  const changed = columns.map((column): Column => (column.name === name && column.type === 'dynamic' ? { name, type: 'string' } : column));
  return changed.some((column, index) => column !== columns[index]) ? changed : undefined;
}
