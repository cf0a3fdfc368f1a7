import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { HuntingRuns } from '../views/huntingRuns';
import { BookmarkRows } from './bookmarkRows';
import { AttachBookmark, DeleteBookmark, OpenBookmark } from './bookmarks';
import type { Command } from './command';
import { CommentFromNotebook } from './commentFromNotebook';
import { Findings, type FindingSubjects } from './findings';
import { DeleteHuntingQuery, DraftAnalyticsRule, OpenHuntingQuery, RunHuntingQueries, SaveHuntingQuery } from './huntingQueries';
import { NotebookIncidentMenu } from './notebookIncidentMenu';
import { RefreshSentinel } from './refreshSentinel';
import { ShowWritten } from './showWritten';
import { AddToWatchlist, CreateWatchlist, OpenWatchlist, UseWatchlist } from './watchlists';

/** What commands on findings work on. */
export interface FindingCommandSubjects extends FindingSubjects {
  readonly notebooks: HuntNotebooks;
  readonly hunt: ActiveHunt;
  readonly huntingRuns: HuntingRuns;
}

/** Commands that write findings back to Sentinel, and on what it keeps for hunters. */
export function findingCommands(subjects: FindingCommandSubjects): readonly Command[] {
  const { notebooks, hunt, huntingRuns, sentinelView } = subjects;
  const findings = new Findings(subjects);
  return [
    new BookmarkRows(findings),
    new OpenBookmark(notebooks),
    new AttachBookmark(findings),
    new DeleteBookmark(findings),
    new CommentFromNotebook(findings),
    new NotebookIncidentMenu(findings),
    new ShowWritten(),
    new OpenWatchlist(notebooks, hunt),
    new UseWatchlist(),
    new AddToWatchlist(findings),
    new CreateWatchlist(findings),
    new SaveHuntingQuery(findings),
    new OpenHuntingQuery(notebooks),
    new DeleteHuntingQuery(findings),
    new RunHuntingQueries(findings, huntingRuns),
    new DraftAnalyticsRule(findings),
    new RefreshSentinel(sentinelView),
  ];
}
