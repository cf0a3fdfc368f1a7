import { randomUUID } from 'node:crypto';
import { HuntError } from '../../../common/errors';
import type { IncidentDetails } from '../../../common/incidents';
import type { IncidentTask } from '../../../common/sentinelService';
import { refuseChanged } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { IncidentDesk } from '../incidentDesk';
import type { SentinelFile, SentinelNotes } from './sentinelFile';

/** Tasks that the incidents of a workspace come with; all are new. */
export type TasksOf = (details: IncidentDetails) => readonly Pick<IncidentTask, 'id' | 'title' | 'description' | 'createdBy'>[];

/** The tasks of a local workspace's incidents, and which of them people completed. */
export function localTasks(file: SentinelFile, desk: IncidentDesk, tasksOf: TasksOf): Pick<WorkspaceSentinel, 'listTasks' | 'setTaskStatus'> {
  const tasks = (notes: SentinelNotes, number: number): readonly IncidentTask[] => {
    const details = desk.original(number);
    return tasksOf(details).map((task) => {
      const written = notes.tasks.find(({ incident, id }) => incident === number && id === task.id);
      const createdTime = details.incident.createdTime;
      return { ...task, createdTime, status: written?.status ?? 'New', ...(written ? { etag: written.etag } : {}) };
    });
  };
  return {
    listTasks: async ({ number }) => tasks(await file.read(), number),
    setTaskStatus: async ({ number, task, status }) => {
      const etag = randomUUID();
      await file.change((notes) => {
        const found = tasks(notes, number).find(({ id }) => id === task.id);
        if (!found) throw new HuntError({ kind: 'notFound', what: 'task', name: task.title });
        if (found.etag !== task.etag) refuseChanged(`the task "${task.title}"`);
        const others = notes.tasks.filter(({ incident, id }) => incident !== number || id !== task.id);
        return { ...notes, tasks: [...others, { incident: number, id: task.id, status, etag }] };
      });
      return { ...task, status, etag };
    },
  };
}
