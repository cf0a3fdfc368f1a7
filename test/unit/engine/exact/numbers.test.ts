/** Numbers, units, probability. */
import { describe, expect, it } from 'vitest';
import { betaCdf, erf, erfc, logGamma } from '../../../../src/engine/routines/distributions';
import { openEngine, values } from './expressions';

const engine = openEngine();

values(engine, 'operators', [
  // "The modulo of two numbers always returns in Kusto a small non-negative number."
  ['14 % 12', 2],
  ['-14 % 12', 10],
  ['14 % -12', 2],
  ['-14 % -12', 10],
  ['-7.5 % 2', 0.5],
  ['1 / 2', 0],
  ['-7 / 2', -3],
  ['real(1) / 2', 0.5],
  ['1 / 0', null],
  ['1.0 / 0', 'Infinity'],
  ['-1.0 / 0', '-Infinity'],
  ['0.0 / 0', 'NaN'],
  ['2147483647 + int(1)', 2147483648],
  ['bin(-0.3, 0.25)', -0.5],
  ['round(2.5)', 2],
  ['round(-1234.567, -2)', -1200],
  ['binary_shift_left(1, 65)', 2],
  ['binary_shift_right(-8, 1)', -4],
  // "If n is negative, a NULL value is returned."
  ['binary_shift_left(1, -1)', null],
  ['tohex(-1)', 'ffffffffffffffff'],
]);

values(engine, 'decimals', [
  ['decimal(0.1) + decimal(0.2)', '0.3'],
  ['decimal(12345.6) * decimal(1000)', '12345600'],
  ['decimal(123456789012) * decimal(1000000)', '123456789012000000'],
  ['tostring(decimal(1.50))', '1.5'],
  ['decimal(1e5)', '100000'],
  ['decimal(-7.5) % 2', '0.5'],
  ['todecimal("0.123456789")', '0.123456789'],
]);

// The example of parse_version(): four numbers of eight digits.
values(engine, 'versions', [
  ['parse_version("0.0.0.5")', '5'],
  ['parse_version("0.0.7.0")', '700000000'],
  ['parse_version("0.2")', '20000000000000000'],
  ['parse_version("1.2.3.4")', '1000000020000000300000004'],
  ['parse_version("1") == parse_version("1.0.0.0")', true],
  ['parse_version("1.10.0") > parse_version("1.9.9")', true],
  ['parse_version("1.2.3.4.5")', null],
  ['parse_version("1.x")', null],
]);

describe('rand()', () => {
  it('is below 1, and with N one of the N whole numbers from 0', async () => {
    const summary = 'summarize min(r), max(r), dcount(n), min(n), max(n), countif(n != bin(n, 1))';
    const [[least, most, ...rest] = []] = await engine.rows(`range i from 1 to 1000 step 1 | extend r = rand(), n = rand(3) | ${summary}`);
    expect(Number(least)).toBeGreaterThanOrEqual(0);
    expect(Number(most)).toBeLessThan(1);
    expect(rest).toEqual([3, 0, 2, 0]);
  });
});

describe('what does not fit is refused', () => {
  it.each([
    ['print 9223372036854775807 + tolong("1")', 'execution'],
    ['print parse_version("12345.0")', 'unsupported'],
  ])('%s', async (query, kind) => {
    await expect(engine.rows(query)).rejects.toMatchObject({ data: { kind } });
  });
  it('a decimal with more digits than are kept', () => {
    expect(engine.error('print decimal(0.12345678901)').kind).toBe('unsupported');
    expect(engine.error('print decimal(1e28)').kind).toBe('unsupported');
  });
});

// The examples of convert_*(), and definitions: a foot is 0.3048 m, water boils at 212 °F.
values(engine, 'units', [
  ['convert_angle(1.2, "Degree", "Arcminute")', 72],
  ['round(convert_energy(1.2, "Joule", "BritishThermalUnit"), 15)', 0.001137380544376],
  ['convert_force(1.2, "Newton", "Decanewton")', 0.12],
  ['round(convert_length(1.2, "Meter", "Foot"), 10)', 3.937007874],
  ['convert_mass(1.0, "Pound", "Kilogram")', 0.45359237],
  ['round(convert_speed(1.2, "MeterPerSecond", "CentimeterPerHour"), 6)', 432_000],
  ['convert_temperature(1.2, "Kelvin", "DegreeCelsius")', -271.95],
  ['round(convert_temperature(100.0, "DegreeCelsius", "DegreeFahrenheit"), 10)', 212],
  ['round(convert_volume(1.2, "CubicMeter", "AcreFoot"), 12)', 0.0009728568],
  ['round(convert_angle(0.5, "Tilt", "Degree"), 10)', 30],
  // "Invalid units return null."
  ['convert_length(1.0, "Meter", "Smoot")', null],
  ['convert_length(real(null), "Meter", "Foot")', null],
]);

describe('probability', () => {
  it('erf is what tables say', () => {
    expect(erf(0)).toBe(0);
    expect(erf(1)).toBeCloseTo(0.8427007929497149, 14);
    expect(erf(-3)).toBeCloseTo(-0.9999779095030014, 14);
    expect(erfc(5) / 1.5374597944280349e-12).toBeCloseTo(1, 12);
  });
  it('gamma is a factorial', () => {
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11);
  });
  it('the beta distribution is symmetric, and uniform for 1 and 1', () => {
    expect(betaCdf(0.3, 1, 1)).toBeCloseTo(0.3, 14);
    expect(betaCdf(0.3, 2, 5) + betaCdf(0.7, 5, 2)).toBeCloseTo(1, 14);
  });
  values(engine, 'the documented values', [
    ['round(beta_cdf(0.9, 10.0, 20.0), 14)', 0.99999999999996],
    ['round(beta_inv(0.1, 10.0, 20.0), 14)', 0.22641502238875],
    ['round(beta_pdf(0.5, 10.0, 20.0), 12)', 0.746176019311],
    ['beta_cdf(1.5, 10.0, 20.0)', 'NaN'],
    ['beta_inv(1.5, 10.0, 20.0)', null],
    ['round(welch_test(20.82, 7.86742857142857, 15, 22.98666666666667, 3.812666666666667, 15), 4)', 0.0214],
  ]);
});
