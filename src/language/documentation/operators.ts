export interface Documented {
  /** One sentence. */
  readonly summary: string;
  /** Page below https://learn.microsoft.com/kusto/query/. */
  readonly page: string;
}

/** Operators by name. */
export const operatorSummaries: Readonly<Record<string, Documented>> = {
  where: { summary: 'Keeps the rows for which the condition is true.', page: 'where-operator' },
};
