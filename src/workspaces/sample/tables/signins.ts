import { counts, infrastructure, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, MINUTE, SECOND } from '../storyTime';
import type { Row, TableRows } from '../tableRows';
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
  policiesJson,
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
  const rows = generation.rows('SigninLogs', { ...signinConstants, Category: 'SignInLogs', IsInteractive: true, UserType: 'Member', SourceSystem: 'Azure AD' });
  const random = generation.random('signins');
  for (const session of generation.world.sessions) addSession(rows, session, random, generation);
  addAttack(rows, generation);
  return rows;
}

/** The addresses that a person's sign-ins come from during a session. */
export function originOf(session: Session): { readonly ip: string; readonly place: Place } {
  const { person, egress, place, start } = session;
  if (person.name === travelDays.name && start >= travelDays.start && start < travelDays.end) return { ip: travellerIp, place: travelPlace };
  return { ip: egress, place: placeOf(person.office, place === 'home') };
}

function addSession(rows: TableRows, session: Session, random: Random, generation: Generation): void {
  const { person } = session;
  const device = generation.world.workstationOf(person);
  const count = random.whole(4, 9);
  for (let index = 0; index < count; index++) {
    const time = index === 0 ? session.start + random.between(0, 5 * MINUTE) : momentIn(session, random);
    const base = {
      person,
      ...originOf(session),
      app: appOf(person, random),
      device: deviceJson(person, device),
      userAgent: userAgentOf(person, device),
      client: device ? 'Browser' : 'Mobile Apps and Desktop clients',
    };
    const inOffice = session.place === 'office';
    const outcome = random.next();
    if (person.name === victim.name && time > times.response.accountDisabled) {
      if (index < 2) add(rows, time, { ...base, result: '50057', factor: 'none' }, random, generation);
    } else if (outcome < 0.045) {
      add(rows, time, { ...base, result: '50126', factor: 'none' }, random, generation);
      add(rows, time + random.between(8, 40) * SECOND, { ...base, result: '0', factor: inOffice ? 'none' : 'approved' }, random, generation);
    } else if (outcome < 0.06) {
      add(rows, time, { ...base, result: '50140', factor: 'none' }, random, generation);
    } else if (outcome < 0.066) {
      add(rows, time, { ...base, result: '500121', factor: random.chance(0.5) ? 'denied' : 'timedOut' }, random, generation);
      add(rows, time + random.between(20, 90) * SECOND, { ...base, result: '0', factor: 'approved' }, random, generation);
    } else if (outcome < 0.07) {
      add(rows, time, { ...base, result: '53003', factor: 'none' }, random, generation);
    } else if (outcome < 0.073) {
      add(rows, time, { ...base, result: '50055', factor: 'none' }, random, generation);
    } else {
      if (!inOffice && outcome > 0.93) add(rows, time - 9 * SECOND, { ...base, result: '50076', factor: 'none' }, random, generation);
      add(rows, time, { ...base, result: '0', factor: inOffice ? 'none' : outcome > 0.93 ? 'approved' : 'claim' }, random, generation);
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

function add(rows: TableRows, time: number, signin: Signin, random: Random, generation: Generation): void {
  rows.add(time, signinRow(signin, time, random, generation));
}

/** The columns that interactive and non-interactive sign-ins share. */
export function signinRow(signin: Signin, time: number, random: Random, generation: Generation): Row {
  const { person, place, app, result, factor } = signin;
  const right = result !== '50126' && result !== '50053';
  const risk = signin.risk ?? 'none';
  const mfa = signin.singleFactor || factor === 'none' ? 'notApplied' : factor === 'denied' || factor === 'timedOut' ? 'failure' : 'success';
  const id = random.guid();
  return {
    AlternateSignInName: person.upn,
    AppDisplayName: app.name,
    AppId: app.id,
    AuthenticationDetails: authenticationJson(generation.iso(time), right, factor),
    AuthenticationRequirement: signin.singleFactor || factor === 'none' ? 'singleFactorAuthentication' : 'multiFactorAuthentication',
    AutonomousSystemNumber: place.network,
    ClientAppUsed: signin.client ?? 'Browser',
    ConditionalAccessPolicies: policiesJson(mfa, result === '53003' ? 'failure' : 'notApplied'),
    ConditionalAccessStatus: result === '53003' || mfa === 'failure' ? 'failure' : mfa === 'success' ? 'success' : 'notApplied',
    CorrelationId: random.guid(),
    CreatedDateTime: time,
    DeviceDetail: signin.device,
    DurationMs: 0,
    Id: id,
    Identity: person.displayName,
    IPAddress: signin.ip,
    IsRisky: signin.risk !== undefined,
    Location: place.country,
    LocationDetails: locationJson(place),
    MfaDetail: factor === 'none' ? null : JSON.stringify({ authMethod: factor === 'claim' ? 'Previously satisfied' : 'Mobile app notification', authDetail: '' }),
    OriginalRequestId: id,
    ResourceDisplayName: app.resource,
    ResultDescription: failureReason(result),
    ResultSignature: result === '0' ? 'SUCCESS' : 'FAILURE',
    ResultType: result,
    RiskDetail: 'none',
    RiskEventTypes: signin.risk ? '["unfamiliarFeatures"]' : '[]',
    RiskEventTypes_V2: signin.risk ? '["unfamiliarFeatures"]' : '[]',
    RiskLevelAggregated: risk,
    RiskLevelDuringSignIn: risk,
    RiskState: signin.risk ? 'atRisk' : 'none',
    Status: statusJson(result, factor),
    UniqueTokenIdentifier: random.hex(22),
    UserAgent: signin.userAgent,
    UserDisplayName: person.displayName,
    UserId: person.objectId,
    UserPrincipalName: person.upn,
  };
}

/** The people whose passwords are guessed, the victim first. */
export function sprayedPeople(world: World): readonly Person[] {
  const target = world.person(victim.name);
  const others = world.people.filter((person) => person !== target);
  return [target, ...others.filter((_, index) => index % 2 === 0), ...others.filter((_, index) => index % 2 === 1)].slice(0, counts.sprayedAccounts);
}

function addAttack(rows: TableRows, generation: Generation): void {
  const random = generation.random('spray');
  const target = generation.world.person(victim.name);
  const [, ...others] = sprayedPeople(generation.world);
  const spray = { place: hostingPlace, app: signinApps.exchange, factor: 'none', device: '{}', userAgent: 'BAV2ROPC', client: 'Authenticated SMTP', singleFactor: true } as const;
  const { sprayOctets, sprayHitIp, operatorIp } = infrastructure;
  const addressOf = (index: number): string => `203.0.113.${sprayOctets[index % sprayOctets.length]}`;
  const round = (times.spray.end - times.spray.start) / counts.sprayAttemptsEach;
  for (let attempt = 0; attempt < counts.sprayAttemptsEach; attempt++) {
    const guessed = random.sample(others, others.length);
    const step = round / counts.sprayedAccounts;
    guessed.forEach((person, index) => {
      const time = times.spray.start + attempt * round + Math.round((index + random.between(0.1, 0.9)) * step);
      const locked = attempt === counts.sprayAttemptsEach - 1 && index < counts.lockedOut;
      add(rows, time, { ...spray, person, ip: addressOf(index + attempt * 7), result: locked ? '50053' : '50126' }, random, generation);
    });
    const last = attempt === counts.sprayAttemptsEach - 1;
    const time = last ? times.spray.hit : times.spray.start + attempt * round + Math.round(0.5 * round);
    add(rows, time, { ...spray, person: target, ip: last ? sprayHitIp : addressOf(attempt * 5), result: last ? '0' : '50126' }, random, generation);
  }

  const operator = { person: target, ip: operatorIp, place: operatorPlace, device: unknownDeviceJson, userAgent: operatorUserAgent, client: 'Browser' } as const;
  add(rows, times.unusualSignIn, { ...operator, app: signinApps.officeHome, result: '50074', factor: 'none', risk: 'medium' }, random, generation);
  const { start, approved } = times.mfaFatigue;
  for (let index = 0; index < counts.mfaDenials; index++) {
    const time = start + Math.round(((approved - 2 * MINUTE - start) * index) / (counts.mfaDenials - 1));
    const factor = index % 3 === 2 ? 'timedOut' : 'denied';
    add(rows, time, { ...operator, app: signinApps.officeHome, result: '500121', factor, risk: 'medium' }, random, generation);
  }
  add(rows, approved, { ...operator, app: signinApps.officeHome, result: '0', factor: 'approved', risk: 'high' }, random, generation);
  add(rows, times.runCommand.start - 11 * MINUTE, { ...operator, app: signinApps.azurePortal, result: '0', factor: 'claim', risk: 'high' }, random, generation);
}

