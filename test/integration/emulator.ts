import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** Turns a switch of the emulator of Azure that runs beside the extension host (test/emulator/http/admin.ts). */
export function emulator(path: string, body: object): Promise<void> {
  const ca = readFileSync(process.env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8');
  return new Promise((resolve, reject) => {
    const sent = request(`${process.env['HUNTBOOK_EMULATOR_URL'] ?? ''}/_emulator/${path}`, { ca, method: 'POST' }, (answer) => {
      answer.resume().on('end', resolve);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
