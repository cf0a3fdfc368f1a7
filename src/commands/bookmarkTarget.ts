import type { Bookmark } from '../common/sentinelService';
import { field } from './command';

/** The bookmark of a node of the Sentinel view. */
export function bookmarkOf(given: unknown): Bookmark | undefined {
  return field(given, 'bookmark') as Bookmark | undefined;
}
