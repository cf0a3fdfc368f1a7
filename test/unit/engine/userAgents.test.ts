import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(() => engine.open(), 60_000);
afterAll(() => engine.close());

async function parsed(agent: string, lookFor: string): Promise<unknown> {
  return JSON.parse(String(await engine.value(`parse_user_agent(${JSON.stringify(agent)}, ${lookFor})`))) as unknown;
}

const air = 'Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1';
const nokia =
  'Mozilla/5.0 (SymbianOS/9.2; U; Series60/3.1 NokiaN81-3/10.0.032 Profile/MIDP-2.0 Configuration/CLDC-1.1 ) AppleWebKit/413 (KHTML, like Gecko) Safari/4';
const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.61';

describe('parse_user_agent', () => {
  it('answers as the documentation does', async () => {
    expect(await parsed(air, '"browser"')).toEqual({ Browser: { Family: 'AdobeAIR', MajorVersion: '2', MinorVersion: '5', Patch: '1' } });
    expect(await parsed(nokia, 'dynamic(["browser","os","device"])')).toEqual({
      Browser: { Family: 'Nokia OSS Browser', MajorVersion: '3', MinorVersion: '1', Patch: '' },
      OperatingSystem: { Family: 'Symbian OS', MajorVersion: '9', MinorVersion: '2', Patch: '', PatchMinor: '' },
      Device: { Family: 'Nokia N81', Brand: 'Nokia', Model: 'N81-3' },
    });
  });
  it('knows browsers of today, and says Other to what it does not know', async () => {
    expect(await parsed(edge, '"browser"')).toEqual({ Browser: { Family: 'Edge', MajorVersion: '120', MinorVersion: '0', Patch: '2210' } });
    expect(await parsed(edge, '"os"')).toMatchObject({ OperatingSystem: { Family: 'Windows', MajorVersion: '10' } });
    expect(await parsed('zzz', '"device"')).toEqual({ Device: { Family: 'Other', Brand: '', Model: '' } });
  });
  it.each([['"planet"'], ['dynamic(["os","planet"])'], ['dynamic([])']])('looking for %s is null', async (lookFor) => {
    expect(await engine.value(`parse_user_agent("zzz", ${lookFor})`)).toBeNull();
  });
});
