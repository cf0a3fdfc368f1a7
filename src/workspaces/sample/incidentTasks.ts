import type { IncidentDetails } from '../../common/incidents';
import type { TasksOf } from '../local/sentinel/localTasks';

interface Step {
  readonly title: string;
  readonly description: string;
  readonly applies: (details: IncidentDetails) => boolean;
}

const names =
  (...kinds: readonly string[]): Step['applies'] =>
  ({ entities }) =>
    entities.some(({ kind }) => kinds.includes(kind));

/** What the analysts of Contoso go through, as an automation rule would write it down. */
const steps: readonly Step[] = [
  {
    title: 'Confirm the alerts',
    description: 'Look at the rows behind each alert. Is it what its title says, or does a change, a scanner or a test explain it?',
    applies: () => true,
  },
  {
    title: 'Talk to the people',
    description: 'Ask the owner of each account, over the phone, whether it was them.',
    applies: names('Account', 'Mailbox'),
  },
  {
    title: 'Look for the same elsewhere',
    description: 'Search all logs for the addresses, names and hashes of this incident. Widen the time range to 14 days.',
    applies: names('Ip', 'Url', 'DnsResolution', 'FileHash'),
  },
  {
    title: 'Contain',
    description: 'Isolate the hosts and revoke the sessions of the accounts, once their owners know.',
    applies: ({ incident, entities }) => incident.severity === 'High' && entities.some(({ kind }) => kind === 'Host' || kind === 'Account'),
  },
];

/** Of the incidents that the sample does not have as closed. */
export const sampleTasks: TasksOf = (details) =>
  details.incident.status === 'Closed' ? [] : steps.filter(({ applies }) => applies(details)).map(taskOf);

function taskOf({ title, description }: Step): ReturnType<TasksOf>[number] {
  return { id: title.toLowerCase().replaceAll(' ', '-'), title, description, createdBy: 'Automation rule' };
}
