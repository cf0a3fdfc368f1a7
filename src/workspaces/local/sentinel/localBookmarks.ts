import { randomUUID } from 'node:crypto';
import { HuntError } from '../../../common/errors';
import type { IncidentBookmark } from '../../../common/incidents';
import type { Bookmark } from '../../../common/sentinelService';
import { checkBookmark } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { IncidentDesk } from '../incidentDesk';
import type { SentinelFile, SentinelFileOptions } from './sentinelFile';

type BookmarkAnswers = Pick<WorkspaceSentinel, 'listBookmarks' | 'addBookmark' | 'attachBookmark' | 'detachBookmark' | 'deleteBookmark'>;

/** The bookmarks of a local workspace. */
export function localBookmarks(file: SentinelFile, { author, now }: SentinelFileOptions, desk: IncidentDesk): BookmarkAnswers {
  const change = async (id: string, make: (bookmark: Bookmark) => readonly Bookmark[]): Promise<void> => {
    await file.change((notes) => {
      if (!notes.bookmarks.some((bookmark) => bookmark.id === id)) throw new HuntError({ kind: 'notFound', what: 'bookmark', name: id });
      return { ...notes, bookmarks: notes.bookmarks.flatMap((bookmark) => (bookmark.id === id ? make(bookmark) : [bookmark])) };
    });
  };
  const relate = async (id: string, number: number, numbers: (attached: readonly number[]) => readonly number[]): Promise<void> => {
    desk.get(number);
    await change(id, (bookmark) => [{ ...bookmark, incidentNumbers: numbers(bookmark.incidentNumbers) }]);
  };
  return {
    listBookmarks: async () => {
      const { bookmarks } = await file.read();
      return [...bookmarks].sort((left, right) => Date.parse(right.createdTime) - Date.parse(left.createdTime));
    },
    addBookmark: async ({ bookmark, incidentNumber }) => {
      checkBookmark(bookmark);
      if (incidentNumber !== undefined) desk.get(incidentNumber);
      const added: Bookmark = {
        ...bookmark,
        id: randomUUID(),
        createdTime: now().toISOString(),
        createdBy: author,
        incidentNumbers: incidentNumber === undefined ? [] : [incidentNumber],
      };
      await file.change((notes) => ({ ...notes, bookmarks: [...notes.bookmarks, added] }));
      return added;
    },
    attachBookmark: async ({ bookmarkId, number }) => {
      await relate(bookmarkId, number, (attached) => [...new Set([...attached, number])]);
      return null;
    },
    detachBookmark: async ({ bookmarkId, number }) => {
      await relate(bookmarkId, number, (attached) => attached.filter((other) => other !== number));
      return null;
    },
    deleteBookmark: async ({ bookmarkId }) => {
      await change(bookmarkId, () => []);
      return null;
    },
  };
}

/** The bookmarks that an incident shows; of a file that cannot be read, which is told elsewhere, none. */
export async function bookmarksOf(file: SentinelFile, incident: number): Promise<readonly IncidentBookmark[]> {
  const { bookmarks } = await file.read().catch(() => ({ bookmarks: [] as readonly Bookmark[] }));
  return bookmarks
    .filter(({ incidentNumbers }) => incidentNumbers.includes(incident))
    .map(({ id, name, notes, createdTime, query }) => ({ id, name, notes, createdTime, query }));
}
