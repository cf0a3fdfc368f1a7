/** Serves one large answer of the query API, made beforehand. */
import { createServer } from 'node:https';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeCertificates } from '../../emulator/http/certificates';

export interface ServiceReady {
  readonly url: string;
  readonly caFile: string;
}

const columns = [
  ['TimeGenerated', 'datetime'],
  ['Computer', 'string'],
  ['EventID', 'int'],
  ['Account', 'string'],
  ['Bytes', 'long'],
  ['Score', 'real'],
  ['SessionId', 'guid'],
  ['Properties', 'dynamic'],
  ['Duration', 'timespan'],
  ['IsRemote', 'bool'],
  ['Url', 'string'],
] as const;

/** Rows as security tables have them: times, names, numbers beyond 2^53, property bags. */
function* rows(count: number): Generator<string> {
  for (let index = 0; index < count; index++) {
    const time = new Date(1_700_000_000_000 + index * 1000).toISOString().replace('Z', '1234Z');
    const values = [
      `"${time}"`,
      `"host-${index % 5000}.contoso.com"`,
      4624 + (index % 30),
      `"CONTOSO\\\\user${index % 9999}"`,
      (9_007_199_254_740_993n + BigInt(index)).toString(),
      index / 7,
      `"00000000-0000-4000-8000-${String(index).padStart(12, '0')}"`,
      `"{\\"a\\":${index},\\"b\\":[1,2]}"`,
      '"00:00:01.0000001"',
      index % 2 === 0,
      `"https://x.test/${index % 77}"`,
    ];
    yield `[${values.join(',')}]`;
  }
}

function body(count: number): Buffer {
  const described = JSON.stringify(columns.map(([name, type]) => ({ name, type })));
  const pieces: Buffer[] = [Buffer.from(`{"tables":[{"name":"PrimaryResult","columns":${described},"rows":[`)];
  let waiting: string[] = [];
  let isFirst = true;
  for (const row of rows(count)) {
    waiting.push(isFirst ? row : `,${row}`);
    isFirst = false;
    if (waiting.length < 10_000) continue;
    pieces.push(Buffer.from(waiting.join('')));
    waiting = [];
  }
  pieces.push(Buffer.from(`${waiting.join('')}]}],"statistics":{"query":{"executionTime":1.5}}}`));
  return Buffer.concat(pieces);
}

async function main(): Promise<void> {
  const [, , count = '0', folder = '.'] = process.argv;
  const answer = body(Number(count));
  const { authority, certificate, key } = await makeCertificates();
  const caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, authority);
  const server = createServer({ cert: certificate, key }, (request, response) => {
    request.resume();
    const isQuery = (request.url ?? '').endsWith('/query');
    const text = isQuery ? answer : Buffer.from('{"tables":[],"functions":[]}');
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `https://127.0.0.1:${port}`, caFile } satisfies ServiceReady);
  });
}

void main();
