/** Arithmetic as Kusto does it where SQL differs. */
export const numberMacros: readonly string[] = [
  // By zero: infinity, or not a number.
  `divide(a, b) AS CASE WHEN b = 0 THEN CASE WHEN a > 0 THEN 'inf'::DOUBLE WHEN a < 0 THEN '-inf'::DOUBLE WHEN a = 0 THEN 'nan'::DOUBLE ELSE NULL END ELSE a / b END`,
  // The remainder takes no sign.
  `modulo(a, b) AS ((a % b) + abs(b)) % abs(b)`,
];
