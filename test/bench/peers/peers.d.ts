/** The few parts of the peers' interfaces that the bench uses: they are installed beside the project, when the bench first runs. */
declare module 'regular-table' {}

declare module 'slickgrid' {
  export class SlickGrid {
    constructor(container: HTMLElement, data: object, columns: readonly object[], options: object);
    readonly onViewportChanged: { subscribe(listener: () => void): void };
    getViewport(): { readonly top: number; readonly bottom: number };
    invalidateRow(row: number): void;
    render(): void;
  }
}

declare module 'ag-grid-community' {
  export const AllCommunityModule: unknown;
  export const ModuleRegistry: { registerModules(modules: readonly unknown[]): void };
  export function createGrid(container: HTMLElement, options: object): unknown;
}
