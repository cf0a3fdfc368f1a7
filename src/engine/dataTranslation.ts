import type { Column } from '../common/kqlTypes';
import { HuntError } from '../common/errors';
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
export async function translateWithData(input: TranslateInput, read: (sql: string) => Promise<readonly (readonly unknown[])[]>): Promise<Translation> {
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
      const missing = thrown instanceof HuntError && thrown.data.kind === 'unknownName' ? thrown.data.name : undefined;
      if (!empty || missing === undefined || empty.columns.length > MOST_NAMES || empty.columns.some(({ name }) => name === missing)) throw thrown;
      // Later insertions were made with the shorter text before them: they are asked again.
      answers.splice(last, answers.length - last, { ...empty, columns: [...empty.columns, { name: missing, type: 'dynamic' }] });
    }
  }
}
