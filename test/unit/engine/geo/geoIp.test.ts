import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverCancelled } from '../../../../src/common/cancellation';
import { Database } from '../../../../src/engine/database';
import { geoIpRoutines } from '../../../../src/engine/routines/geoIp';
import { TestEngine } from '../engine';
import { addressDatabase } from './addressDatabase';

const folder = mkdtempSync(join(tmpdir(), 'huntbook-geoip-'));
const file = join(folder, 'city.mmdb');
beforeAll(() => {
  const networks = {
    '20.53.0.0/16': {
      country: { names: { en: 'Australia', de: 'Australien' } },
      subdivisions: [{ names: { en: 'New South Wales' } }],
      city: { names: { en: 'Sydney' } },
      location: { latitude: -33.8715, longitude: 151.2006 },
    },
    '8.8.8.0/24': { registered_country: { names: { en: 'United States' } }, location: { latitude: 37.751, longitude: -97.822 } },
  };
  writeFileSync(file, addressDatabase(networks));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const find = (address: string | null): unknown => JSON.parse(geoIpRoutines(file)[0]?.compute(address) ?? 'null');

it('finds the network of an address; what is not known is left out', () => {
  expect(find('20.53.203.50')).toEqual({ country: 'Australia', state: 'New South Wales', city: 'Sydney', latitude: -33.8715, longitude: 151.2006 });
  expect(find('8.8.8.8')).toEqual({ country: 'United States', latitude: 37.751, longitude: -97.822 });
});

it.each([['10.1.2.3'], ['2a03:2880::1'], ['no address'], [''], [null]])('%s is nowhere', (address) => {
  expect(find(address)).toBeNull();
});

it('is found from a query', async () => {
  const database = await Database.open({ directory: folder, memoryLimitMiB: 256, threads: 1, allowedDirectories: [], geoIpDatabase: file });
  const rows = await database.rows("SELECT CAST(routine_geo_ip('20.53.1.1') AS JSON) ->> 'city'", neverCancelled);
  database.dispose();
  expect(rows).toEqual([['Sydney']]);
});

it('names the setting when there is no database, or none that can be read', async () => {
  const engine = await new TestEngine().open();
  const answered = engine.value("geo_info_from_ip_address('8.8.8.8')");
  await expect(answered).rejects.toThrow('setting huntbook.engine.geoIpDatabase');
  engine.close();
  const missing = geoIpRoutines(join(folder, 'other.mmdb'))[0];
  expect(() => missing?.compute('8.8.8.8')).toThrow(/huntbook\.engine\.geoIpDatabase names, .*other\.mmdb: ENOENT/u);
});
