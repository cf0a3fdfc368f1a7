import { routine, type Routine } from './routine';
import { listJson, mean, numbersOf, realJson, realsJson, variance } from './seriesValues';

interface Complex {
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** Fourier transform: halves even lengths (Cooley and Tukey), sums odd ones up. `sign` is -1 forwards, 1 backwards. */
function transform({ re, im }: Complex, sign: 1 | -1): Complex {
  const size = re.length;
  if (size % 2 === 1) return summed({ re, im }, sign);
  const half = size / 2;
  const every = (values: readonly number[], first: number): number[] => values.filter((_, index) => index % 2 === first);
  const even = transform({ re: every(re, 0), im: every(im, 0) }, sign);
  const odd = transform({ re: every(re, 1), im: every(im, 1) }, sign);
  const output = { re: new Array<number>(size).fill(0), im: new Array<number>(size).fill(0) };
  for (let k = 0; k < half; k++) {
    const angle = (sign * 2 * Math.PI * k) / size;
    const [c, s, a, b] = [Math.cos(angle), Math.sin(angle), odd.re[k] ?? 0, odd.im[k] ?? 0];
    const [x, y] = [c * a - s * b, c * b + s * a];
    output.re[k] = (even.re[k] ?? 0) + x;
    output.im[k] = (even.im[k] ?? 0) + y;
    output.re[k + half] = (even.re[k] ?? 0) - x;
    output.im[k + half] = (even.im[k] ?? 0) - y;
  }
  return output;
}

function summed({ re, im }: Complex, sign: 1 | -1): Complex {
  const size = re.length;
  const at = (k: number): [number, number] => {
    let [x, y] = [0, 0];
    for (let n = 0; n < size; n++) {
      const angle = (sign * 2 * Math.PI * ((k * n) % size)) / size;
      const [c, s, a, b] = [Math.cos(angle), Math.sin(angle), re[n] ?? 0, im[n] ?? 0];
      x += c * a - s * b;
      y += c * b + s * a;
    }
    return [x, y];
  };
  const points = re.map((_, k) => at(k));
  return { re: points.map(([x]) => x), im: points.map(([, y]) => y) };
}

/** Real and imaginary part; null when they are no series of one length. */
function fourier(real: string | null, imaginary: string | null, sign: 1 | -1): string | null {
  const re = numbersOf(real);
  const im = imaginary === null ? re?.map(() => 0) : numbersOf(imaginary);
  if (re === undefined || im?.length !== re.length) return null;
  const output = transform({ re, im }, sign);
  const scale = sign === 1 ? re.length : 1;
  return listJson([output.re, output.im].map((values) => realsJson(values.map((value) => value / scale))));
}

/** Coefficients, lowest power first, of the polynomial of least squares: modified Gram and Schmidt on the powers of x. */
function fitPolynomial(xs: readonly number[], ys: readonly number[], degree: number): number[] {
  // The powers of numbers between -1 and 1 stay apart.
  const low = xs.reduce((a, b) => Math.min(a, b));
  const high = xs.reduce((a, b) => Math.max(a, b));
  const [center, radius] = [(low + high) / 2, (high - low) / 2 || 1];
  const scaled = xs.map((x) => (x - center) / radius);
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const basis: { readonly values: number[]; readonly powers: number[] }[] = [];
  const result = new Array<number>(degree + 1).fill(0);
  let rest = [...ys];
  for (let power = 0; power <= degree; power++) {
    let values = scaled.map((x) => x ** power);
    let powers = Array.from({ length: degree + 1 }, (_, index) => Number(index === power));
    for (const each of basis) {
      const part = dot(values, each.values);
      values = values.map((value, index) => value - part * (each.values[index] ?? 0));
      powers = powers.map((value, index) => value - part * (each.powers[index] ?? 0));
    }
    const norm = Math.sqrt(dot(values, values));
    // More powers than different places: the rest stays 0.
    if (norm < 1e-12 * Math.sqrt(xs.length)) break;
    const unit = { values: values.map((value) => value / norm), powers: powers.map((value) => value / norm) };
    basis.push(unit);
    const weight = dot(rest, unit.values);
    rest = rest.map((value, index) => value - weight * (unit.values[index] ?? 0));
    unit.powers.forEach((value, index) => (result[index] = (result[index] ?? 0) + weight * value));
  }
  return inUnscaled(result, center, radius);
}

/** Coefficients in x of a polynomial in (x - center) / radius. */
function inUnscaled(coefficients: readonly number[], center: number, radius: number): number[] {
  let output: number[] = [];
  for (const coefficient of [...coefficients].reverse()) {
    const shifted = [0, ...output].map((value, index) => (value - center * (output[index] ?? 0)) / radius);
    shifted[0] = (shifted[0] ?? 0) + coefficient;
    output = shifted;
  }
  return output.slice(0, coefficients.length);
}

function polynomial(series: string | null, places: string | null, degreeText: string | null): string | null {
  const ys = numbersOf(series);
  const xs = places === null ? ys?.map((_, index) => index + 1) : numbersOf(places);
  const degree = Number(degreeText ?? '1');
  if (ys === undefined || xs?.length !== ys.length || !Number.isInteger(degree) || degree < 0) return null;
  const coefficients = fitPolynomial(xs, ys, degree);
  const fit = xs.map((x) => coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0));
  const residual = ys.map((y, index) => y - (fit[index] ?? 0));
  const [total, left] = [variance(ys), residual.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, ys.length - 1)];
  const average = mean(ys);
  const spread = ys.reduce((sum, y) => sum + (y - average) ** 2, 0);
  const rsquare = spread === 0 ? 1 : 1 - (left * Math.max(1, ys.length - 1)) / spread;
  return `{"rsquare":${realJson(rsquare)},"coefficients":${realsJson(coefficients.reverse())},"variance":${realJson(total)},"rvariance":${realJson(left)},"poly_fit":${realsJson(fit)}}`;
}

/** Series in frequencies, and polynomials through them. */
export const seriesTransformRoutines: readonly Routine[] = [
  routine('series_fft', 2, (real, imaginary) => fourier(real, imaginary, -1)),
  routine('series_ifft', 2, (real, imaginary) => fourier(real, imaginary, 1)),
  routine('series_fit_poly', 3, polynomial),
];
