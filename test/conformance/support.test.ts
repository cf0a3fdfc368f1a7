import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { supportText } from './support';

describe('docs/kql-support.md', () => {
  it('says what the engine does; `npm run docs:kql` writes it anew', () => {
    expect(readFileSync(path.resolve(import.meta.dirname, '../../docs/kql-support.md'), 'utf8')).toBe(supportText());
  });
});
