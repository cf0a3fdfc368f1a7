export interface Office {
  readonly code: string;
  readonly city: string;
  readonly state: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly countryName: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Hours, the whole year: the sample has no summer time. */
  readonly utcOffset: number;
  readonly egress: readonly string[];
  /** Private network of the office, first two octets. */
  readonly network: string;
  readonly headcount: number;
  /** Managed workstations; the others work on phones and tablets. */
  readonly workstations: number;
}

export const offices: readonly Office[] = [
  office('SEA', 'Seattle', 'Washington', 'US', 'United States', 47.61, -122.33, -8, ['198.51.100.10', '198.51.100.11'], '10.1', 24, 14),
  office('NYC', 'New York', 'New York', 'US', 'United States', 40.71, -74.01, -5, ['198.51.100.30'], '10.2', 18, 11),
  office('LON', 'London', 'England', 'GB', 'United Kingdom', 51.51, -0.13, 0, ['198.51.100.50', '198.51.100.51'], '10.3', 26, 17),
  office('MUC', 'Munich', 'Bavaria', 'DE', 'Germany', 48.14, 11.58, 1, ['198.51.100.70'], '10.4', 20, 12),
  office('BLR', 'Bengaluru', 'Karnataka', 'IN', 'India', 12.97, 77.59, 5.5, ['198.51.100.90'], '10.5', 20, 11),
  office('SIN', 'Singapore', 'Central Singapore', 'SG', 'Singapore', 1.35, 103.82, 8, ['198.51.100.110'], '10.6', 12, 7),
];

/** Where the Azure network of the company leaves to the Internet. */
export const cloudEgress = '198.51.100.200';
export const backupService = { address: '198.51.100.240', domain: 'backup.contoso-vault.example' } as const;
export const monitoringService = { address: '198.51.100.245', domain: 'status.contoso-monitor.example' } as const;

export function officeOf(code: string): Office {
  const found = offices.find((candidate) => candidate.code === code);
  if (!found) throw new Error(`no office ${code}`);
  return found;
}

function office(
  code: string,
  city: string,
  state: string,
  country: string,
  countryName: string,
  latitude: number,
  longitude: number,
  utcOffset: number,
  egress: readonly string[],
  network: string,
  headcount: number,
  workstations: number,
): Office {
  return { code, city, state, country, countryName, latitude, longitude, utcOffset, egress, network, headcount, workstations };
}
