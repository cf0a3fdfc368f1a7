import { routine, type Routine } from './routine';

const EPSILON = 1e-16;
const MOST_STEPS = 500;
/** In place of zero, where a continued fraction would divide by it. */
const TINY = 1e-300;

/** Lanczos' approximation, g = 7. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function, of a positive number. */
export function logGamma(x: number): number {
  const sum = lanczos.reduce((total, weight, index) => total + (index === 0 ? weight : weight / (x - 1 + index)), 0);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Lentz's method for 1 + a1 / (1 + a2 / (1 + …)). */
function continuedFraction(term: (index: number) => number): number {
  let [value, c, d] = [1, 1, 0];
  for (let index = 1; index <= MOST_STEPS; index++) {
    const a = term(index);
    d = 1 / (1 + a * d || TINY);
    c = 1 + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < EPSILON) break;
  }
  return value;
}

/** Series for small arguments; beyond, 1 less the complement. */
export function erf(x: number): number {
  if (Math.abs(x) > 2) return Math.sign(x) * (1 - erfc(Math.abs(x)));
  let [term, sum] = [x, x];
  for (let index = 1; index <= MOST_STEPS && Math.abs(term) > EPSILON * Math.abs(sum); index++) {
    term *= (-x * x) / index;
    sum += term / (2 * index + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Accurate for large arguments as well, where `1 - erf(x)` is 0. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < 2) return 1 - erf(x);
  if (x > 30) return 0;
  return Math.exp(-x * x) / (x * Math.sqrt(Math.PI) * continuedFraction((index) => index / (2 * x * x)));
}

/** Regularized incomplete beta function: the probability below x. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  return (
    front /
    continuedFraction((index) => {
      const m = Math.floor(index / 2);
      return ((index % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m)) * x) / ((a + index - 1) * (a + index));
    })
  );
}

function betaPdf(x: number, a: number, b: number): number {
  return Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));
}

/** The x whose probability is p, by halving. */
function betaInverse(p: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 200 && high - low > Number.EPSILON * high; step++) {
    const middle = (low + high) / 2;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided p-value of Welch's t-test. */
function welch([mean1 = 0, variance1 = 0, count1 = 0, mean2 = 0, variance2 = 0, count2 = 0]: readonly number[]): number {
  const [s1, s2] = [variance1 / count1, variance2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(s1 + s2);
  const freedom = (s1 + s2) ** 2 / (s1 ** 2 / (count1 - 1) + s2 ** 2 / (count2 - 1));
  return betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5);
}

const inRange = (parameter: number): boolean => parameter > 0 && parameter <= 10_000;

/** A function of numbers: null when one is missing. */
function numbers(name: string, parameters: number, compute: (values: readonly number[]) => number | null): Routine {
  return routine(name, parameters, (...texts) => {
    if (texts.includes(null)) return null;
    const value = compute(texts.map(realOf));
    return value === null ? null : String(value);
  });
}

/** DuckDB's spelling of a real. */
function realOf(text: string | null): number {
  return text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text);
}

/** Functions of probability. Numbers go in and out as text. */
export const distributionRoutines: readonly Routine[] = [
  numbers('erf', 1, ([x = 0]) => erf(x)),
  numbers('erfc', 1, ([x = 0]) => erfc(x)),
  // "If x < 0 or x > 1, the function returns NaN", for parameters out of range as well.
  numbers('beta_cdf', 3, ([x = 0, a = 0, b = 0]) => (x >= 0 && x <= 1 && inRange(a) && inRange(b) ? betaCdf(x, a, b) : Number.NaN)),
  numbers('beta_pdf', 3, ([x = 0, a = 0, b = 0]) => (x > 0 && x < 1 && a > 0 && b > 0 ? betaPdf(x, a, b) : Number.NaN)),
  // The page's text and its example contradict each other in null and NaN: this is the example.
  numbers('beta_inv', 3, ([p = 0, a = 0, b = 0]) => (a <= 0 || b <= 0 ? Number.NaN : p > 0 && p <= 1 ? betaInverse(p, a, b) : null)),
  numbers('welch_test', 6, welch),
];
