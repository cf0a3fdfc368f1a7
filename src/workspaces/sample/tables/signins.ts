import { counts, infrastructure, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, MINUTE, SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import type { Person } from '../world/people';
import { momentIn, type Session } from '../world/sessions';
import type { World } from '../world/world';
import {
  authenticationJson,
  deviceJson,
  failureReason,
  hostingPlace,
  locationJson,
  operatorPlace,
  operatorUserAgent,
  type Place,
  placeOf,
  policies,
  policiesWhenBlocked,
  type SecondFactor,
  type SigninApp,
  signinApps,
  signinConstants,
  statusJson,
  travelPlace,
  unknownDeviceJson,
  userAgentOf,
} from './signinShapes';

/** One sign-in, before it becomes a row. */
export interface Signin {
  readonly person: Person;
  readonly ip: string;
  readonly place: Place;
  readonly app: SigninApp;
  readonly result: string;
  readonly factor: SecondFactor;
  readonly device: string;
  readonly userAgent: string;
  readonly client?: string;
  readonly singleFactor?: boolean;
  readonly risk?: 'medium' | 'high';
}

const travellerIp = '198.19.81.81';
/** The Singapore sales director travels on these days. */
const travelDays = { name: 'grace.okonkwo', start: -5 * DAY, end: -3 * DAY } as const;

/** SigninLogs: people at work, their slips, and the way in of the attack. */
export function signinLogs(generation: Generation): TableRows {
  const rows = generation.rows('SigninLogs', {
    ...signinConstants,
    Category: 'SignInLogs',
    IsInteractive: true,
    UserType: 'Member',
    SourceSystem: 'Azure AD',
  });
  const random = generation.random('signins');
  const writer = new SigninWriter(rows, random, interactiveColumns(generation));
  for (const session of generation.world.sessions) addSession(writer, session, random, generation);
  addAttack(rows, generation);
  return rows;
}

/** The addresses that a person's sign-ins come from during a session. */
export function originOf(session: Session): { readonly ip: string; readonly place: Place } {
  const { person, egress, place, start } = session;
  if (person.name === travelDays.name && start >= travelDays.start && start < travelDays.end)
    return { ip: travellerIp, place: travelPlace };
  return { ip: egress, place: placeOf(person.office, place) };
}

function addSession(writer: SigninWriter, session: Session, random: Random, generation: Generation): void {
  const { person } = session;
  const device = generation.world.workstationOf(person);
  const count = random.whole(4, 9);
  const origin = originOf(session);
  const deviceDetail = deviceJson(person, device);
  for (let index = 0; index < count; index++) {
    const time = index === 0 ? session.start + random.between(0, 5 * MINUTE) : momentIn(session, random);
    const base = {
      person,
      ...origin,
      app: appOf(person, random),
      device: deviceDetail,
      userAgent: userAgentOf(person, device),
      client: device ? 'Browser' : 'Mobile Apps and Desktop clients',
    };
    const inOffice = session.place === 'office';
    const outcome = random.next();
    if (person.name === victim.name && time > times.response.accountDisabled) {
      if (index < 2) writer.add(time, { ...base, result: '50057', factor: 'none' });
    } else if (outcome < 0.045) {
      writer.add(time, { ...base, result: '50126', factor: 'none' });
      writer.add(time + random.between(8, 40) * SECOND, { ...base, result: '0', factor: inOffice ? 'none' : 'approved' });
    } else if (outcome < 0.06) {
      writer.add(time, { ...base, result: '50140', factor: 'none' });
    } else if (outcome < 0.066) {
      writer.add(time, { ...base, result: '500121', factor: random.chance(0.5) ? 'denied' : 'timedOut' });
      writer.add(time + random.between(20, 90) * SECOND, { ...base, result: '0', factor: 'approved' });
    } else if (outcome < 0.07) {
      writer.add(time, { ...base, result: '53003', factor: 'none' });
    } else if (outcome < 0.073) {
      writer.add(time, { ...base, result: '50055', factor: 'none' });
    } else {
      if (!inOffice && outcome > 0.93) writer.add(time - 9 * SECOND, { ...base, result: '50076', factor: 'none' });
      writer.add(time, { ...base, result: '0', factor: inOffice ? 'none' : outcome > 0.93 ? 'approved' : 'claim' });
    }
  }
}

function appOf(person: Person, random: Random): SigninApp {
  if (person.department === 'IT' && random.chance(0.25)) return signinApps.azurePortal;
  return random.weighted<SigninApp>([
    [24, signinApps.officeHome],
    [20, signinApps.teams],
    [16, signinApps.sharePoint],
    [14, signinApps.office],
    [10, signinApps.crm],
    [6, signinApps.expenses],
    [10, person.hasWorkstation ? signinApps.exchange : signinApps.outlookMobile],
  ]);
}

/** Adds sign-ins to a table, with the columns that many share written once. */
export class SigninWriter {
  readonly #rows: TableRows;
  readonly #random: Random;
  readonly #more: (time: number, signin: Signin) => Row;
  readonly #person = remembered((person: Person): Row => ({
    AlternateSignInName: person.upn,
    Identity: person.displayName,
    UserDisplayName: person.displayName,
    UserId: person.objectId,
    UserPrincipalName: person.upn,
  }));
  readonly #place = remembered((place: Place): Row => ({
    AutonomousSystemNumber: place.network,
    Location: place.country,
    LocationDetails: locationJson(place),
  }));
  readonly #app = remembered((app: SigninApp): Row => ({ AppDisplayName: app.name, AppId: app.id, ResourceDisplayName: app.resource }));

  /** `more`: the columns that interactive and other sign-ins fill differently. */
  constructor(rows: TableRows, random: Random, more: (time: number, signin: Signin) => Row) {
    this.#rows = rows;
    this.#random = random;
    this.#more = more;
  }

  add(time: number, signin: Signin): void {
    const own = { ...signinRow(signin, time, this.#random), ...this.#more(time, signin) };
    this.#rows.add(time, own, this.#person(signin.person), this.#place(signin.place), this.#app(signin.app));
  }
}

function interactiveColumns(generation: Generation): (time: number, signin: Signin) => Row {
  return (time, { result, factor }) => {
    const passwordRight = result !== '50126' && result !== '50053';
    return { AuthenticationDetails: authenticationJson(generation.iso(time), passwordRight, factor) };
  };
}

/** The columns of a sign-in that are its own. */
function signinRow(signin: Signin, time: number, random: Random): Row {
  const { result, factor } = signin;
  const risk = signin.risk ?? 'none';
  const mfa =
    signin.singleFactor || factor === 'none' ? 'notApplied' : factor === 'denied' || factor === 'timedOut' ? 'failure' : 'success';
  return {
    AuthenticationRequirement: signin.singleFactor || factor === 'none' ? 'singleFactorAuthentication' : 'multiFactorAuthentication',
    ClientAppUsed: signin.client ?? 'Browser',
    ConditionalAccessPolicies: (result === '53003' ? policiesWhenBlocked : policies)[mfa],
    ConditionalAccessStatus: result === '53003' || mfa === 'failure' ? 'failure' : mfa === 'success' ? 'success' : 'notApplied',
    CorrelationId: random.guid(),
    CreatedDateTime: time,
    DeviceDetail: signin.device,
    Id: random.guid(),
    IPAddress: signin.ip,
    IsRisky: signin.risk !== undefined,
    MfaDetail:
      factor === 'none'
        ? null
        : JSON.stringify({ authMethod: factor === 'claim' ? 'Previously satisfied' : 'Mobile app notification', authDetail: '' }),
    ResultDescription: failureReason(result),
    ResultSignature: result === '0' ? 'SUCCESS' : 'FAILURE',
    ResultType: result,
    RiskEventTypes: signin.risk ? '["unfamiliarFeatures"]' : '[]',
    RiskEventTypes_V2: signin.risk ? '["unfamiliarFeatures"]' : '[]',
    RiskLevelAggregated: risk,
    RiskLevelDuringSignIn: risk,
    RiskState: signin.risk ? 'atRisk' : 'none',
    Status: statusJson(result, factor),
    UniqueTokenIdentifier: random.hex(22),
    UserAgent: signin.userAgent,
  };
}

/** The people whose passwords are guessed, the victim first. */
export function sprayedPeople(world: World): readonly Person[] {
  const target = world.person(victim.name);
  const others = world.people.filter((person) => person !== target);
  return [target, ...others.filter((_, index) => index % 2 === 0), ...others.filter((_, index) => index % 2 === 1)].slice(
    0,
    counts.sprayedAccounts,
  );
}

function addAttack(rows: TableRows, generation: Generation): void {
  const random = generation.random('spray');
  const writer = new SigninWriter(rows, random, interactiveColumns(generation));
  const target = generation.world.person(victim.name);
  const [, ...others] = sprayedPeople(generation.world);
  const spray = {
    place: hostingPlace,
    app: signinApps.exchange,
    factor: 'none',
    device: '{}',
    userAgent: 'BAV2ROPC',
    client: 'Authenticated SMTP',
    singleFactor: true,
  } as const;
  const { sprayOctets, sprayHitIp, operatorIp } = infrastructure;
  const addressOf = (index: number): string => `203.0.113.${sprayOctets[index % sprayOctets.length]}`;
  const round = (times.spray.end - times.spray.start) / counts.sprayAttemptsEach;
  for (let attempt = 0; attempt < counts.sprayAttemptsEach; attempt++) {
    const guessed = random.sample(others, others.length);
    const step = round / counts.sprayedAccounts;
    guessed.forEach((person, index) => {
      const time = times.spray.start + attempt * round + Math.round((index + random.between(0.1, 0.9)) * step);
      const locked = attempt === counts.sprayAttemptsEach - 1 && index < counts.lockedOut;
      writer.add(time, { ...spray, person, ip: addressOf(index + attempt * 7), result: locked ? '50053' : '50126' });
    });
    const last = attempt === counts.sprayAttemptsEach - 1;
    const time = last ? times.spray.hit : times.spray.start + attempt * round + Math.round(0.5 * round);
    writer.add(time, { ...spray, person: target, ip: last ? sprayHitIp : addressOf(attempt * 5), result: last ? '0' : '50126' });
  }

  const operator = {
    person: target,
    ip: operatorIp,
    place: operatorPlace,
    device: unknownDeviceJson,
    userAgent: operatorUserAgent,
    client: 'Browser',
  } as const;
  writer.add(times.unusualSignIn, { ...operator, app: signinApps.officeHome, result: '50074', factor: 'none', risk: 'medium' });
  const { start, approved } = times.mfaFatigue;
  for (let index = 0; index < counts.mfaDenials; index++) {
    const time = start + Math.round(((approved - 2 * MINUTE - start) * index) / (counts.mfaDenials - 1));
    const factor = index % 3 === 2 ? 'timedOut' : 'denied';
    writer.add(time, { ...operator, app: signinApps.officeHome, result: '500121', factor, risk: 'medium' });
  }
  writer.add(approved, { ...operator, app: signinApps.officeHome, result: '0', factor: 'approved', risk: 'high' });
  writer.add(times.runCommand.start - 11 * MINUTE, {
    ...operator,
    app: signinApps.azurePortal,
    result: '0',
    factor: 'claim',
    risk: 'high',
  });
}
