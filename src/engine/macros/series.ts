/** Arrays of `make-series`. */
export const seriesMacros: readonly string[] = [
  // Values at the numbered bins from `first` up to `stop`; the gaps between hold what is missing. Linear in the length.
  `filled_series(bins, vals, first, stop, missing) AS CASE WHEN len(bins) = stop - first THEN vals ELSE list_concat(
     flatten(list_transform(range(1, len(bins) + 1), lambda j: list_append(
       list_resize([]::JSON[], CAST(bins[j] - CASE WHEN j = 1 THEN first - 1 ELSE bins[j - 1] END - 1 AS BIGINT), missing), vals[j]))),
     list_resize([]::JSON[], CAST(greatest(stop - 1 - CASE WHEN len(bins) = 0 THEN first - 1 ELSE bins[-1] END, 0) AS BIGINT), missing)) END`,
];
