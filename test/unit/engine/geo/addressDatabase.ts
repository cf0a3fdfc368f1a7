/** Writes a small database in MaxMind's format (version 2.0, IPv6 tree with 24-bit records). */
const marker = Buffer.from([0xab, 0xcd, 0xef, ...Buffer.from('MaxMind.com')]);
const [POINTER_FREE_STRING, DOUBLE, MAP, UINT16, UINT32, ARRAY] = [2, 3, 7, 5, 6, 11];

export type Value = string | number | { readonly [key: string]: Value } | readonly Value[];

function header(type: number, size: number): Buffer {
  if (size >= 285) throw new Error('too long for this writer');
  const low = size < 29 ? size : 29;
  const extended = type > 7 ? [low, type - 7] : [(type << 5) | low];
  return Buffer.from(size < 29 ? extended : [...extended, size - 29]);
}

function encoded(value: Value, integer = UINT32): Buffer {
  if (typeof value === 'string') return Buffer.concat([header(POINTER_FREE_STRING, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number' && integer === DOUBLE) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return Buffer.concat([header(DOUBLE, 8), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(integer === UINT16 ? 2 : 4);
    if (integer === UINT16) bytes.writeUInt16BE(value);
    else bytes.writeUInt32BE(value);
    return Buffer.concat([header(integer, bytes.length), bytes]);
  }
  if (Array.isArray(value)) {
    const items = value as Value[];
    return Buffer.concat([header(ARRAY, items.length), ...items.map((item) => encoded(item, integer))]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([header(MAP, entries.length), ...entries.flatMap(([key, item]) => [encoded(key), encoded(item, integer)])]);
}

/** Networks as bits from the root of the IPv6 tree. */
function bitsOf(network: string): string {
  const [address = '', prefix = ''] = network.split('/');
  const bits = address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  return '0'.repeat(96) + bits.slice(0, Number(prefix));
}

/** A database of IPv4 networks and what is known of them. */
export function addressDatabase(networks: Readonly<Record<string, Value>>): Buffer {
  const nodes: [number | string | undefined, number | string | undefined][] = [[undefined, undefined]];
  for (const network of Object.keys(networks)) {
    let at = 0;
    const bits = bitsOf(network);
    for (let index = 0; index < bits.length; index++) {
      const node = nodes[at]!;
      const side = bits.charAt(index) === '1' ? 1 : 0;
      const next = node[side];
      if (index === bits.length - 1) node[side] = network;
      else {
        at = typeof next === 'number' ? next : nodes.push([undefined, undefined]) - 1;
        node[side] = at;
      }
    }
  }
  const places = new Map<string, number>();
  let data = Buffer.alloc(0);
  for (const [network, value] of Object.entries(networks)) {
    places.set(network, data.length);
    data = Buffer.concat([data, encoded(value, DOUBLE)]);
  }
  const record = (entry: number | string | undefined): Buffer => {
    const bytes = Buffer.alloc(3);
    bytes.writeUIntBE(typeof entry === 'number' ? entry : entry === undefined ? nodes.length : nodes.length + 16 + places.get(entry)!, 0, 3);
    return bytes;
  };
  const meta = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    database_type: 'Test-City',
    description: { en: 'test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 24,
  };
  return Buffer.concat([...nodes.flat().map(record), Buffer.alloc(16), data, marker, encoded(meta)]);
}
