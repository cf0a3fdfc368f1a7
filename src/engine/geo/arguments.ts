import { type Coordinates, isPlace } from './sphere';

/** An argument as it comes from SQL: text; JSON if it is dynamic; undefined if it was left out; the text `null` if it is null. */
export type Text = string | null | undefined;

/** A geospatial function: text in, text out, null where an argument is not valid. */
export type GeoFunction = (...args: readonly Text[]) => string | null;
export type GeoFunctions = Readonly<Record<string, GeoFunction>>;

/** NaN for what is no number. */
export function numberOf(text: Text): number {
  return text === null || text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

/** A whole number within limits, or what it is when it was left out. */
export function wholeNumber(text: Text, missing: number, least: number, most: number): number | undefined {
  const value = text === undefined || text === null ? missing : numberOf(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

export function placeOf(longitude: Text, latitude: Text): Coordinates | undefined {
  const found: Coordinates = [numberOf(longitude), numberOf(latitude)];
  return isPlace(found) ? found : undefined;
}
