import { type Device, makeDevices } from './devices';
import { makePeople, type Person, type ServiceAccount, serviceAccounts } from './people';
import { makeSessions, type Session } from './sessions';

/** Everyone and everything that acts in the sample. */
export class World {
  readonly people: readonly Person[] = makePeople();
  readonly devices: readonly Device[] = makeDevices(this.people);
  readonly sessions: readonly Session[];
  readonly workstations: readonly Device[] = this.devices.filter(({ kind }) => kind === 'workstation');
  readonly servers: readonly Device[] = this.devices.filter(({ kind }) => kind !== 'workstation');
  readonly windowsServers: readonly Device[] = this.servers.filter(({ kind }) => kind !== 'linux');
  readonly linuxServers: readonly Device[] = this.servers.filter(({ kind }) => kind === 'linux');
  readonly #people = new Map<string, Person>(this.people.map((person) => [person.name, person]));
  readonly #devices = new Map<string, Device>(this.devices.map((device) => [device.name, device]));
  readonly #workstations = new Map<Person, Device>();

  /** `dayStart`: midnight of day 0, milliseconds since 1970. */
  constructor(dayStart: number) {
    for (const device of this.workstations) if (device.owner) this.#workstations.set(device.owner, device);
    this.sessions = makeSessions(this.people, dayStart);
  }

  person(name: string): Person {
    return found(this.#people.get(name), name);
  }

  device(name: string): Device {
    return found(this.#devices.get(name), name);
  }

  serviceAccount(name: string): ServiceAccount {
    return found(
      serviceAccounts.find((account) => account.name === name),
      name,
    );
  }

  workstationOf(person: Person): Device | undefined {
    return this.#workstations.get(person);
  }

  peopleOf(department: string): readonly Person[] {
    return this.people.filter((person) => person.department === department);
  }
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is not in the sample's world`);
  return value;
}
