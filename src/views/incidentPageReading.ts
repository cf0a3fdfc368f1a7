import { toHuntError } from '../common/errors';
import type { AlertEvidence, Part, TimelineEntry } from '../common/incidentPage';
import type { IncidentDetails } from '../common/incidents';
import type { IncidentTask, SimilarIncident } from '../common/sentinelService';
import type { EngineClient } from '../notebook/engineClient';
import { readRows } from '../notebook/readRows';
import { activityQuery, alertEvidence, evidenceQuery, incidentRecord } from '../sentinel/incidentQueries';
import { recordedActivity } from '../sentinel/incidentTimeline';

/** Parts of the page of an incident that are read apart: one that fails leaves the others. */
export class IncidentReading {
  readonly #engine: EngineClient;
  readonly #workspaceId: string;

  constructor(engine: EngineClient, workspaceId: string) {
    this.#engine = engine;
    this.#workspaceId = workspaceId;
  }

  activity({ incident }: IncidentDetails): Promise<Part<readonly TimelineEntry[]>> {
    return part(async () => {
      const { rows } = await readRows(this.#engine, { workspaceId: this.#workspaceId, text: activityQuery(incident), most: 500 });
      return recordedActivity(rows.map(incidentRecord));
    });
  }

  evidence({ incident, alerts }: IncidentDetails): Promise<Part<readonly AlertEvidence[]>> {
    return part(async () => {
      if (alerts.length === 0) return [];
      const { rows } = await readRows(this.#engine, { workspaceId: this.#workspaceId, text: evidenceQuery(incident, alerts), most: 100 });
      return rows.map(alertEvidence);
    });
  }

  tasks({ incident: { number } }: IncidentDetails): Promise<Part<readonly IncidentTask[]>> {
    return part(() => this.#engine.call('listTasks', { workspaceId: this.#workspaceId, number }));
  }

  similar({ incident: { number } }: IncidentDetails): Promise<Part<readonly SimilarIncident[]>> {
    return part(() => this.#engine.call('similarIncidents', { workspaceId: this.#workspaceId, number }));
  }
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
  try {
    return { kind: 'ready', value: await read() };
  } catch (thrown) {
    return { kind: 'failed', text: toHuntError(thrown).message };
  }
}
