import { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE } from '../storyTime';
import type { Person } from './people';

/** A stretch of work of one person; all tables draw from the same ones. Times are offsets. */
export interface Session {
  readonly person: Person;
  readonly start: number;
  readonly end: number;
  readonly place: 'office' | 'home';
  /** Where the Internet sees it come from. */
  readonly egress: string;
}

/** Working days of everyone: local office hours on weekdays, a little on weekends. Midnight of day 0 decides the weekday. */
export function makeSessions(people: readonly Person[], dayStart: number): readonly Session[] {
  const random = new Random('sessions');
  const sessions: Session[] = [];
  for (let day = -DAYS_OF_DATA - 1; day <= 1; day++) {
    const weekday = new Date(dayStart + day * DAY).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    for (const person of people) {
      const early = random.bell() * 35 * MINUTE;
      const late = random.bell() * 45 * MINUTE;
      const remote = random.chance(weekday === 5 ? 0.45 : 0.25);
      const works = random.chance(weekend ? 0.07 : 0.93);
      const short = random.chance(0.1);
      const egress = random.pick(person.office.egress);
      if (!works) continue;
      const midnight = day * DAY - person.office.utcOffset * HOUR;
      const home = weekend || remote;
      const start = midnight + (weekend ? 11 : 8.6) * HOUR + early;
      const length = (weekend ? 1.5 : short ? 4.5 : 9.2) * HOUR + late;
      sessions.push({ person, start, end: start + length, place: home ? 'home' : 'office', egress: home ? person.homeIp : egress });
    }
  }
  return sessions.sort((left, right) => left.start - right.start);
}

/** A moment of a session, seldom at lunch. */
export function momentIn(session: Session, random: Random): number {
  const length = session.end - session.start;
  let share = random.next();
  if (share > 0.4 && share < 0.5 && random.chance(0.7)) share = random.next();
  return session.start + Math.round(share * length * 10) / 10;
}
