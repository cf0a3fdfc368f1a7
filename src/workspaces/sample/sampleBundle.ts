import type { Bundled } from '../local/sentinel/localSentinel';
import { sampleHuntingQueries } from './huntingQueries';
import { sampleTasks } from './incidentTasks';

/** What the sample workspace comes with besides its data. */
export const sampleBundle: Bundled = { huntingQueries: sampleHuntingQueries, tasksOf: sampleTasks };
