import { entityHeadings, entityName } from '../common/entityText';
import type { Entity, Incident } from '../common/incidents';
import { kqlComment, kqlDatetime } from '../common/kqlLiterals';
import { huntbookMetadata, kqlCell, markdownCell, type NotebookJson } from '../common/nbformat';
import { formatTime } from './age';
import { huntCells } from './huntCells';
import { entityStatements, entityValues } from './incidentEntities';
import { markdownCode } from './markdownText';

const HOUR = 3_600_000;
/** Looked at when nothing tells a time. */
const DAYS = 7;
const HOURS_AROUND = 24;

export interface EntityNotebookOptions {
  readonly now: Date;
  readonly tables?: ReadonlySet<string> | undefined;
  readonly workspaceId?: string | undefined;
  /** Where the entity was met: its time is looked at, and the notebook is linked with it. */
  readonly incident?: Incident | undefined;
}

/**
 * "Hunt from entity": a notebook with the entity and a time window as parameters, and the first queries for its kind. Text of the entity
 * appears as text in Markdown and as literals in the parameters cell, nowhere else.
 */
export function entityNotebook(entity: Entity, options: EntityNotebookOptions): NotebookJson {
  const values = entityValues([entity]);
  const { incident, workspaceId } = options;
  const { start, end } = window(options);
  const from = incident ? `, met in incident ${incident.number}` : '';
  const about = [
    `# ${entityHeadings[entity.kind]}: ${markdownCode(entityName(entity))}`,
    `From ${formatTime(start.toISOString())} to ${formatTime(end.toISOString())}${from}.`,
    'Run the cells in order. Time and entity are parameters: change them in the next cell and everything below follows.',
  ];
  const parameters = [
    kqlComment(`${entity.kind}: ${entityName(entity)}`.slice(0, 120)),
    `let windowStart = ${kqlDatetime(start)};`,
    `let windowEnd = ${kqlDatetime(end)};`,
    entityStatements(values),
  ].filter((part) => part !== '');
  const inWorkspace = workspaceId === undefined ? {} : { workspaceId };
  const link = incident && { incident: { number: incident.number, title: incident.title, ...inWorkspace } };
  return {
    cells: [
      markdownCell('summary', about.join('\n\n')),
      kqlCell('parameters', parameters.join('\n'), { tags: ['parameters'] }),
      ...huntCells(values, options.tables, undefined),
    ],
    metadata: { ...huntbookMetadata, huntbook: { created: options.now.toISOString(), ...link } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function window({ now, incident }: EntityNotebookOptions): { readonly start: Date; readonly end: Date } {
  const first = incident ? Date.parse(incident.firstActivityTime) - HOURS_AROUND * HOUR : now.getTime() - DAYS * 24 * HOUR;
  const last = incident ? Math.min(now.getTime(), Date.parse(incident.lastActivityTime) + HOURS_AROUND * HOUR) : now.getTime();
  const start = Math.floor(first / HOUR) * HOUR;
  return { start: new Date(start), end: new Date(Math.max(start + HOUR, Math.ceil(last / HOUR) * HOUR)) };
}
