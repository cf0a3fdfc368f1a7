import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { HuntingRuns } from '../views/huntingRuns';
import { AddToWatchlist } from './addToWatchlist';
import { AttachBookmark } from './attachBookmark';
import { BookmarkRows } from './bookmarkRows';
import type { Command } from './command';
import { CommentFromNotebook } from './commentFromNotebook';
import { CreateWatchlist } from './createWatchlist';
import { DeleteBookmark } from './deleteBookmark';
import { DeleteHuntingQuery } from './deleteHuntingQuery';
import { DraftAnalyticsRule } from './draftAnalyticsRule';
import { Findings, type FindingSubjects } from './findings';
import { NotebookIncidentMenu } from './notebookIncidentMenu';
import { OpenBookmark } from './openBookmark';
import { OpenHuntingQuery } from './openHuntingQuery';
import { OpenWatchlist } from './openWatchlist';
import { RefreshSentinel } from './refreshSentinel';
import { RunHuntingQueries } from './runHuntingQueries';
import { SaveHuntingQuery } from './saveHuntingQuery';
import { ShowWritten } from './showWritten';
import { UseWatchlist } from './useWatchlist';

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
