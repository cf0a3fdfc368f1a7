import { createHmac, randomBytes } from 'node:crypto';
import { isIpAddress } from '../../common/entityColumns';

/** What is replaced: people and their accounts, addresses, machines. */
export type RedactedKind = 'account' | 'ip' | 'host';

/** Accounts that every machine has: they name nobody, and hiding "system" would hide half of the words of a report. */
const nobody = new Set(
  'system,local system,localsystem,local service,network service,nt authority,nt authority\\system,nt authority\\local service,nt authority\\network service,root,administrator,admin,guest,anonymous,anonymous logon,everyone,user,users,unknown,none,null,n/a,not available,localhost'.split(','),
);

/** Characters that belong to a word: a name is found only where it does not go on. */
const wordCharacter = /[\p{L}\p{N}_]/u;

/** Addresses of mail and of machines, and Windows' security ids, wherever they stand. Analysts write `[.]` in what must not be a link. */
const patterns: readonly (readonly [RedactedKind, RegExp])[] = [
  ['account', /[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}-]+(?:\.|\[\.\]))+\p{L}{2,}/gu],
  ['account', /S-1-5-21(?:-\d+){3,5}/gi],
  ['ip', /(?<![\d.])(?:\d{1,3}(?:\.|\[\.\])){3}\d{1,3}(?![\d]|\.\d)/g],
  ['ip', /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\p{L}\p{N}:])/giu],
];

/**
 * Replaces names by tokens such as `account-3fa9c17e`: the same token for the same name all over a report, and none that can be led back
 * to the name, because the key of the tokens is random and is thrown away with the redactor.
 */
export class Redactor {
  readonly #key = randomBytes(32);
  /** Terms by their first word, longest first; all in {@link folded} spelling. */
  readonly #terms = new Map<string, { readonly term: string; readonly token: string }[]>();
  readonly #known = new Set<string>();

  /** Hides a name and the shorter names in it: of `CONTOSO\mia` and `mia@contoso.com` also `mia`, of `pc1.contoso.com` also `pc1`. */
  add(kind: RedactedKind, name: string): void {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > 512) return;
    const short = shortName(kind, trimmed);
    const token = this.#token(kind, short);
    for (const spelling of new Set([trimmed, short].flatMap(spellings))) this.#addTerm(spelling, token);
  }

  text(original: string): string {
    return this.#replaceTerms(this.#replacePatterns(original));
  }

  #replacePatterns(original: string): string {
    let text = original;
    for (const [kind, pattern] of patterns) {
      text = text.replace(pattern, (found) => {
        const name = found.replaceAll('[.]', '.');
        if (kind === 'ip' && !isIpAddress(name)) return found;
        return this.#token(kind, shortName(kind, name));
      });
    }
    return text;
  }

  #replaceTerms(original: string): string {
    if (this.#terms.size === 0) return original;
    const text = folded(original);
    let result = '';
    let copied = 0;
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      if (index < copied) continue;
      const match = this.#terms.get(word)?.find(({ term }) => text.startsWith(term, index) && endsWord(text, index + term.length));
      if (!match) continue;
      result += original.slice(copied, index) + match.token;
      copied = index + match.term.length;
    }
    return result + original.slice(copied);
  }

  #addTerm(spelling: string, token: string): void {
    // Names are looked for from their first letter or digit on.
    const term = folded(spelling).replace(/^[^\p{L}\p{N}_]+/u, '');
    if (term === '' || nobody.has(term) || this.#known.has(term)) return;
    this.#known.add(term);
    const first = /^[\p{L}\p{N}_]+/u.exec(term)?.[0] ?? term;
    const sharing = this.#terms.get(first) ?? [];
    sharing.push({ term, token });
    sharing.sort((left, right) => right.term.length - left.term.length);
    this.#terms.set(first, sharing);
  }

  #token(kind: RedactedKind, name: string): string {
    const digest = createHmac('sha256', this.#key).update(`${kind}:${folded(name)}`).digest('hex');
    return `${kind}-${digest.slice(0, 8)}`;
  }
}

function shortName(kind: RedactedKind, name: string): string {
  if (kind === 'ip') return name;
  if (kind === 'host') return isIpAddress(name) ? name : (name.split('.')[0] ?? name);
  const withoutDomain = name.slice(name.lastIndexOf('\\') + 1);
  const at = withoutDomain.indexOf('@');
  return at > 0 ? withoutDomain.slice(0, at) : withoutDomain;
}

/** As it stands in text, in JSON and string literals, and in a URL. */
function spellings(name: string): readonly string[] {
  return [name, name.replaceAll('\\', '\\\\'), name.replaceAll('\\', '\\\\\\\\'), encodeURIComponent(name.replace(/\p{Cs}/gu, ''))];
}

/** Without upper and lower case, and as long as it was: places in it are places in the original. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : Array.from(text, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join('');
}

function endsWord(text: string, end: number): boolean {
  const last = text[end - 1] ?? '';
  return !wordCharacter.test(last) || !wordCharacter.test(text[end] ?? '');
}
