import { expect, it } from 'vitest';
import { azureClouds } from '../../../src/common/azure';
import { readEndpoints } from '../../../src/common/azureEndpoints';

it('endpoints are read as they stand, without a slash at the end', () => {
  expect(readEndpoints(azureClouds.china, 'x')).toEqual(azureClouds.china);
  const given = { ...azureClouds.public, portal: 'https://portal.example/' };
  expect(readEndpoints(given, 'x').portal).toBe('https://portal.example');
});

const wrong: readonly (readonly [unknown, string])[] = [
  [undefined, 'authority, resourceManager, resourceManagerScope, logAnalytics, logAnalyticsScope, portal'],
  ['https://x', 'authority, resourceManager'],
  [{ ...azureClouds.public, logAnalytics: 'http://api.loganalytics.io' }, 'logAnalytics'],
  [{ ...azureClouds.public, authority: 'login' }, 'authority'],
  [{ ...azureClouds.public, logAnalyticsScope: 'https://api.loganalytics.io' }, 'logAnalyticsScope'],
];
for (const [value, named] of wrong) {
  it(`${JSON.stringify(value)} is refused: ${named}`, () => {
    expect(() => readEndpoints(value, 'The file a.json')).toThrow(`The file a.json must give ${named}`);
  });
}
