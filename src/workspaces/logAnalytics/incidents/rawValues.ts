/** The service writes `null` for what is not there, whatever the types say. */
export function textOf(value: string | null | undefined): string | undefined {
  return value === null || value === '' ? undefined : value;
}

/** ISO 8601, UTC. */
export function timeOf(value: Date | null | undefined): string | undefined {
  return value && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

/** What is not known, because it came later than this program, is left out. */
export function oneOf<T extends string>(known: readonly T[], value: string | null | undefined): T | undefined {
  return known.find((one) => one === value);
}

/** An address that a browser may be sent to. */
export function pageOf(address: string | null | undefined): string | undefined {
  return address?.startsWith('https://') === true ? address : undefined;
}
