import { physicalTypes } from '../physicalTypes';

/** Arithmetic as Kusto does it where SQL differs. */
export const numberMacros: readonly string[] = [
  // By zero: infinity, or not a number.
  `divide(a, b) AS CASE WHEN b = 0 THEN CASE WHEN a > 0 THEN 'inf'::DOUBLE WHEN a < 0 THEN '-inf'::DOUBLE WHEN a = 0 THEN 'nan'::DOUBLE ELSE NULL END ELSE a / b END`,
  // The remainder takes no sign.
  `modulo(a, b) AS ((a % b) + abs(b)) % abs(b)`,
  // Exact up to a product of 9e17, else to the precision of a real.
  `decimal_product(a, b) AS CASE WHEN abs(a::DOUBLE * b::DOUBLE) < 9e17 THEN CAST(a * b AS ${physicalTypes.decimal}) ELSE CAST(a::DOUBLE * b::DOUBLE AS ${physicalTypes.decimal}) END`,
  `bin_whole(v, n) AS CASE WHEN n > 0 THEN v - kql.modulo(v, n) END`,
  `bin_real(v, n) AS CASE WHEN n > 0 THEN floor(v / n) * n END`,
  `round_real(x, d) AS CASE WHEN x IS NULL OR d IS NULL THEN NULL WHEN isnan(x) OR isinf(x) OR abs(x) >= 1e15 THEN x
     WHEN d = 0 THEN round_even(x, 0)
     WHEN d > 0 THEN CAST(round_even(x, CAST(least(d, 15) AS INTEGER)) AS DOUBLE) ELSE round_even(x / power(10::DOUBLE, -d), 0) * power(10::DOUBLE, -d) END`,
  `shift_left(v, n) AS CAST(CASE WHEN ((v::HUGEINT * power(2::DOUBLE, n % 64)::HUGEINT) % 18446744073709551616::HUGEINT) > 9223372036854775807::HUGEINT
     THEN ((v::HUGEINT * power(2::DOUBLE, n % 64)::HUGEINT) % 18446744073709551616::HUGEINT) - 18446744073709551616::HUGEINT
     ELSE ((v::HUGEINT * power(2::DOUBLE, n % 64)::HUGEINT) % 18446744073709551616::HUGEINT) END AS BIGINT)`,
  `unit_index(x, u) AS CASE WHEN u <> '' THEN list_position(['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'], u) ELSE least(7, 1 + CAST(floor(ln(greatest(abs(x), 1)) / ln(1024)) AS INTEGER)) END`,
  `trim_zeros(s) AS CASE WHEN contains(s, '.') THEN regexp_replace(regexp_replace(s, '0+$', ''), '\\.$', '') ELSE s END`,
  `format_bytes(x, d, u) AS coalesce(kql.trim_zeros(format('{:.' || d || 'f}', x / power(1024::DOUBLE, kql.unit_index(x, u) - 1))) || ' ' || ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'][kql.unit_index(x, u)], '')`,
];
