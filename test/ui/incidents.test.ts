import { beforeEach, expect, it } from 'vitest';
import { useWorkbench } from './harness';
import { IncidentStory } from './incidentStory';

const session = useWorkbench({ viewport: { width: 1500, height: 1100 } });
const story = (): IncidentStory => new IncidentStory(session(), 'Password spray against');

beforeEach(() => {
  session().workbench.page.setDefaultTimeout(60_000);
});

it('an incident opens on a page, where it is changed, changed back, and commented on', async () => {
  await session().workbench.showSidebar();
  await story().open();
  await story().work();
});

it('a hunt from it becomes bookmarks, comments and a verdict', async () => {
  await story().hunt();
  await story().selectCell('//| name: incident_alerts');
  await story().bookmark('Spray seen');
  await story().comment();
  await story().close();
  await story().look('Spray seen');
});

it('hunting queries run as a set, and are compared with the run before', async () => {
  await story().huntingQueries('Saved from a hunt');
  expect(session().workbench.messages).toEqual([]);
});
