import type { ResultInfo } from '../common/engineProtocol';

/**
 * From which workspaces results come: those that were asked, and those of the results that were read. Data that a file may not keep must
 * not get there by way of a second result.
 */
export class ResultSources {
  readonly #ofResults = new Map<string, ReadonlySet<string>>();
  readonly #ofNames = new Map<string, ReadonlySet<string>>();

  /** @param asked Names of workspaces beside the result's own. */
  add({ resultId, workspace, usedResults }: ResultInfo, name: string | undefined, asked: readonly string[]): void {
    const used = usedResults.flatMap((one) => [...(this.#ofNames.get(one) ?? [])]);
    const sources = new Set([workspace.name, ...asked, ...used]);
    this.#ofResults.set(resultId, sources);
    if (name !== undefined) this.#ofNames.set(name, sources);
  }

  /** Names of workspaces. */
  of(resultId: string): ReadonlySet<string> {
    return this.#ofResults.get(resultId) ?? new Set();
  }

  clear(): void {
    this.#ofResults.clear();
    this.#ofNames.clear();
  }
}
