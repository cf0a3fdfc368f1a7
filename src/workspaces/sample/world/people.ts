import { Random } from '../random';
import { company } from './company';
import { type Office, officeOf, offices } from './offices';

export interface Person {
  readonly index: number;
  /** Name before the @, also the account on Windows. */
  readonly name: string;
  readonly upn: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly department: string;
  readonly title: string;
  readonly manager: string;
  readonly office: Office;
  readonly objectId: string;
  readonly sid: string;
  readonly homeIp: string;
  readonly phone: 'iOS' | 'Android';
  readonly important: boolean;
  /** Works on a managed workstation; else on a phone or tablet. */
  readonly hasWorkstation: boolean;
  /** Place within the office from 1: WS-LON-007 belongs to the seventh. */
  readonly seat: number;
  readonly employeeId: string;
}

interface Part {
  readonly name: string;
  readonly department: string;
  readonly title: string;
  readonly important?: boolean;
}

/** People with a part in the story, by office and seat. */
const parts: Readonly<Record<string, Part>> = {
  'LON-7': { name: 'Nora Lindqvist', department: 'IT', title: 'Cloud Operations Manager' },
  'LON-14': { name: 'Tomas Rivera', department: 'Finance', title: 'Accounts Payable Specialist' },
  'LON-1': { name: 'Oliver Bennett', department: 'Executive', title: 'Chief Financial Officer', important: true },
  'LON-3': { name: 'Priya Raman', department: 'Security', title: 'Security Operations Lead' },
  'LON-5': { name: 'Lucas Meyer', department: 'Security', title: 'Security Analyst' },
  'SEA-1': { name: 'Elena Vargas', department: 'Executive', title: 'Chief Executive Officer', important: true },
  'SEA-2': { name: 'Marcus Hale', department: 'Executive', title: 'Chief Information Officer', important: true },
  'NYC-1': { name: 'Amara Diallo', department: 'Security', title: 'Security Analyst' },
  'MUC-1': { name: 'Helga Kessler', department: 'IT', title: 'Directory Services Engineer' },
  'MUC-2': { name: 'Jonas Weber', department: 'IT', title: 'Build Engineer' },
  'BLR-1': { name: 'Arjun Menon', department: 'IT', title: 'Service Desk Engineer' },
  'SIN-1': { name: 'Grace Okonkwo', department: 'Sales', title: 'Regional Sales Director', important: true },
  'NYC-4': { name: 'Derek Vance', department: 'Sales', title: 'Account Executive' },
};

const givenNames =
  'Aisha Alan Alice Amelia Andre Anika Anna Arthur Beatrice Ben Carla Chen Clara Daniel Deepa Diego Dmitri Emma Eric Fatima Felix Fiona Gabriel Hana Hannah Henry Ines Isaac Ivan Jack Jana Javier Jia Joanna Julia Kai Karim Kavya Kenji Lara Laura Leo Lina Luis Maria Martin Maya Mei Michael Mina Mohan Nadia Neha Nils Omar Paula Peter Rahul Rosa Ryan Samuel Sara Sofia Stefan Theo Vera Victor Wei Yasmin Zoe'.split(
    ' ',
  );
const surnames =
  'Adams Ahmed Andersson Bauer Becker Bianchi Brooks Carter Castillo Chandra Clarke Costa Cruz Das Dubois Evans Fischer Flores Fraser Garcia Gupta Haddad Hansen Hoffmann Ito Iyer Jansen Johansson Kaur Keller Khan Kim Kowalski Kumar Lang Larsen Lee Lim Lopez Mehta Mitchell Moreau Murphy Nair Nakamura Novak Ong Patel Perez Petrov Rao Reed Rossi Schmidt Shah Silva Singh Sorensen Tan Torres Turner Vogel Walker Wagner Watson Wong Wright Yamada Young Zhang'.split(
    ' ',
  );

const departments: readonly (readonly [number, { readonly department: string; readonly titles: readonly string[] }])[] = [
  [20, { department: 'Sales', titles: ['Account Executive', 'Sales Manager', 'Sales Engineer'] }],
  [14, { department: 'Finance', titles: ['Accountant', 'Financial Analyst', 'Controller', 'Payroll Specialist'] }],
  [22, { department: 'Engineering', titles: ['Software Engineer', 'Senior Software Engineer', 'Quality Engineer'] }],
  [10, { department: 'Marketing', titles: ['Marketing Manager', 'Content Designer'] }],
  [8, { department: 'Human Resources', titles: ['Recruiter', 'HR Business Partner'] }],
  [8, { department: 'IT', titles: ['Systems Engineer', 'Network Engineer', 'Service Desk Engineer'] }],
  [6, { department: 'Legal', titles: ['Counsel', 'Contracts Manager'] }],
  [12, { department: 'Operations', titles: ['Operations Analyst', 'Logistics Coordinator', 'Facilities Manager'] }],
];

/** The roughly 120 people of the company, the same ones always. */
export function makePeople(): readonly Person[] {
  const random = new Random('people');
  const taken = new Set(Object.values(parts).map(({ name }) => name));
  const people: Person[] = [];
  for (const office of offices) {
    for (let seat = 1; seat <= office.headcount; seat++) {
      const index = people.length;
      const part = parts[`${office.code}-${seat}`];
      const usual = random.weighted(departments);
      const displayName = part?.name ?? freeName(random, taken);
      const [givenName = '', surname = ''] = displayName.split(' ');
      const name = `${givenName}.${surname}`.toLowerCase();
      people.push({
        index,
        name,
        upn: `${name}@${company.domain}`,
        displayName,
        givenName,
        surname,
        department: part?.department ?? usual.department,
        title: part?.title ?? random.pick(usual.titles),
        manager: managerOf(part?.department ?? usual.department),
        office,
        objectId: random.guid(),
        sid: `${company.sidPrefix}-${1104 + index}`,
        homeIp: `198.18.${offices.indexOf(office)}.${10 + seat * 3}`,
        phone: random.chance(0.6) ? 'iOS' : 'Android',
        important: part?.important ?? false,
        hasWorkstation: seat <= office.workstations,
        seat,
        employeeId: String(100_200 + index * 7),
      });
    }
  }
  return people;
}

function freeName(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

function managerOf(department: string): string {
  switch (department) {
    case 'Finance':
      return 'Oliver Bennett';
    case 'IT':
    case 'Security':
    case 'Engineering':
      return 'Marcus Hale';
    default:
      return 'Elena Vargas';
  }
}

/** An account that no person signs in with. */
export interface ServiceAccount {
  readonly name: string;
  readonly upn: string;
  readonly sid: string;
  readonly objectId: string;
  readonly purpose: string;
  readonly owner: string;
}

export const serviceAccounts: readonly ServiceAccount[] = [
  serviceAccount('svc-backup', 1001, 'Backup jobs', 'Helga Kessler'),
  serviceAccount('svc-sql', 1002, 'SQL Server engine', 'Marcus Hale'),
  serviceAccount('svc-scan', 1003, 'Vulnerability scanner', 'Priya Raman'),
  serviceAccount('svc-deploy', 1004, 'Build and deployment', 'Jonas Weber'),
  serviceAccount('svc-monitor', 1005, 'Monitoring', 'Nora Lindqvist'),
  serviceAccount('svc-print', 1006, 'Print server', 'Arjun Menon'),
  serviceAccount('adm-hkessler', 1011, 'Domain administration', 'Helga Kessler'),
  serviceAccount('adm-amenon', 1012, 'Service desk administration', 'Arjun Menon'),
];

function serviceAccount(name: string, rid: number, purpose: string, owner: string): ServiceAccount {
  return {
    name,
    upn: `${name}@${company.domain}`,
    sid: `${company.sidPrefix}-${rid}`,
    objectId: new Random(`account ${name}`).guid(),
    purpose,
    owner,
  };
}

/** People who left: their accounts are disabled, one of them was busy before. */
export const leavers = [
  { name: 'derek.vance', displayName: 'Derek Vance', lastDay: 3, office: officeOf('NYC') },
  { name: 'paul.hendricks', displayName: 'Paul Hendricks', lastDay: -20, office: officeOf('SEA') },
  { name: 'ingrid.solheim', displayName: 'Ingrid Solheim', lastDay: -41, office: officeOf('MUC') },
  { name: 'ravi.chopra', displayName: 'Ravi Chopra', lastDay: -9, office: officeOf('BLR') },
] as const;
