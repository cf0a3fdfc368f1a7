import { describe, expect, it } from 'vitest';
import { markdownCode, markdownQuote, markdownText } from '../../../src/sentinel/markdownText';

describe('markdownText', () => {
  it.each([
    ['Sign-in by dana, twice (odd)', 'Sign-in by dana, twice (odd)'],
    ['a *b* _c_ `d` ~e~ $f$', 'a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\$f\\$'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['[click](command:workbench.action.quit)', '\\[`click](command:workbench.action.quit`)'],
    ['![x](y)', '!\\[x\\](y)'],
    ['CONTOSO\\svc | #1', 'CONTOSO\\\\svc \\| \\#1'],
    ['see http://evil.example/a?b=c.', 'see `http://evil.example/a?b=c`.'],
    ['from 192.0.2.1, by dana@contoso.com)', 'from `192.0.2.1`, by `dana@contoso.com`)'],
    ['www.evil.example', '`www.evil.example`'],
    ['command:x', '`command:x`'],
    ['//evil', '`//evil`'],
    ['two\nlines\tand   spaces', 'two lines and spaces'],
    ['a\u202eb\u0000c', 'a⟨U+202E⟩b⟨U+0000⟩c'],
    ['', ''],
  ])('%j becomes %j', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it('cuts and says so', () => {
    expect(markdownText('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxxx … (cut, 1000000 characters in all)');
  });
});

describe('markdownCode', () => {
  it.each([
    ['plain', '`plain`'],
    ['a `b` c', '``a `b` c``'],
    ['`', '`` ` ``'],
    ['', ''],
  ])('%j becomes %j', (text, markdown) => {
    expect(markdownCode(text)).toBe(markdown);
  });
});

describe('markdownQuote', () => {
  it('keeps lines, and what begins them is text', () => {
    expect(markdownQuote('# no heading\n- no item\n1. no number\n---\n\n    no code')).toBe(
      '> \\# no heading\n> \\- no item\n> 1\\. no number\n> \\---\n>\n> no code',
    );
  });

  it('cuts and says so', () => {
    expect(markdownQuote('abcdef', 3)).toBe('> abc\n>\n> *cut, 6 characters in all*');
  });
});
