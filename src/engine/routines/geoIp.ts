import { readFileSync } from 'node:fs';
import { type CityResponse, Reader } from 'mmdb-lib';
import { routine, type Routine } from './routine';

const SETTING = 'huntbook.engine.geoIpDatabase';
const REMEMBERED = 10_000;

/** Where addresses are, by a database in MaxMind's format. It is read when the first address is looked up. */
class GeoIpDatabase {
  #reader: Reader<CityResponse> | undefined;
  readonly #found = new Map<string, string | null>();

  constructor(readonly file: string | undefined) {}

  /** JSON with the country, state, city and coordinates as far as they are known; null for no address, or one that is not in it. */
  find(address: string): string | null {
    const known = this.#found.get(address);
    if (known !== undefined) return known;
    if (this.#found.size >= REMEMBERED) this.#found.clear();
    const found = describe(this.#record(address));
    this.#found.set(address, found);
    return found;
  }

  #record(address: string): CityResponse | null {
    const reader = this.#open();
    try {
      return reader.get(address);
    } catch {
      return null;
    }
  }

  #open(): Reader<CityResponse> {
    if (this.#reader) return this.#reader;
    if (this.file === undefined) {
      throw new Error(`Not supported: geo_info_from_ip_address() without a database of addresses (name the file of a GeoLite2 City database, .mmdb, in the setting ${SETTING})`);
    }
    try {
      this.#reader = new Reader<CityResponse>(readFileSync(this.file));
      return this.#reader;
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new Error(`geo_info_from_ip_address() cannot read the database of addresses that the setting ${SETTING} names, ${this.file}: ${reason}`, { cause: thrown });
    }
  }
}

function describe(record: CityResponse | null): string | null {
  if (!record) return null;
  const { country, registered_country: registered, subdivisions, city, location } = record;
  // The documentation: what is not available is left out. A country without its own record is where the address is registered.
  return JSON.stringify({
    country: (country ?? registered)?.names.en,
    state: subdivisions?.[0]?.names.en,
    city: city?.names.en,
    latitude: location?.latitude,
    longitude: location?.longitude,
  });
}

/** Where an address is: `file` is a database in MaxMind's format, or undefined when the user names none. */
export function geoIpRoutines(file: string | undefined): readonly Routine[] {
  const database = new GeoIpDatabase(file);
  return [routine('geo_ip', 1, (address) => (address === null || address === '' ? null : database.find(address)))];
}
