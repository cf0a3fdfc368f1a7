import { randomUUID } from 'node:crypto';
import { HuntError } from '../../../common/errors';
import type { HuntingQuery } from '../../../common/sentinelService';
import { checkHuntingQuery, refuseChanged } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { SentinelFile } from './sentinelFile';

type QueryAnswers = Pick<WorkspaceSentinel, 'listHuntingQueries' | 'saveHuntingQuery' | 'deleteHuntingQuery'>;

/**
 * The hunting queries of a local workspace: those that come with it, and what people saved.
 * @param bundled Have `isBuiltIn`.
 */
export function localHuntingQueries(file: SentinelFile, bundled: readonly HuntingQuery[]): QueryAnswers {
  const checkOwn = (id: string): void => {
    const found = bundled.find((query) => query.id === id);
    if (!found) return;
    const message = `The hunting query "${found.name}" comes with the workspace and stays as it is. Save it as a new one.`;
    throw new HuntError({ kind: 'refused', message });
  };
  return {
    listHuntingQueries: async () => {
      const { huntingQueries } = await file.read();
      return [...bundled, ...huntingQueries].sort((left, right) => left.name.localeCompare(right.name));
    },
    saveHuntingQuery: async ({ query }) => {
      checkHuntingQuery(query);
      if ('id' in query) checkOwn(query.id);
      const saved: HuntingQuery = { ...query, id: 'id' in query ? query.id : randomUUID(), etag: randomUUID() };
      await file.change((notes) => {
        const found = notes.huntingQueries.find(({ id }) => id === saved.id);
        if ('id' in query && found?.etag !== query.etag) refuseChanged(`the hunting query "${query.name}"`);
        const others = notes.huntingQueries.filter((other) => other !== found);
        return { ...notes, huntingQueries: [...others, saved] };
      });
      return saved;
    },
    deleteHuntingQuery: async ({ id }) => {
      checkOwn(id);
      await file.change((notes) => {
        const huntingQueries = notes.huntingQueries.filter((query) => query.id !== id);
        if (huntingQueries.length === notes.huntingQueries.length) throw new HuntError({ kind: 'notFound', what: 'hunting query', name: id });
        return { ...notes, huntingQueries };
      });
      return null;
    },
  };
}
