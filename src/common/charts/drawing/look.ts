/** Colours and fonts of a chart, as CSS has them, and what else depends on where it is drawn. */
export interface ChartLook {
  readonly width: number;
  readonly height: number;
  readonly foreground: string;
  readonly quiet: string;
  readonly line: string;
  readonly background: string;
  /** Of series, in their order. */
  readonly palette: readonly string[];
  readonly alarm: string;
  /** Families, with single quotes alone: the library writes them into an attribute as they are. */
  readonly font: string;
  /** Patterns besides colours tell series apart. */
  readonly patterns: boolean;
  /** Times are shown in UTC, else in the zone of the reader. */
  readonly utc: boolean;
  /** Someone can scroll and zoom; on paper all has to be seen at once. */
  readonly interactive: boolean;
}

/** For readers of a file, whose background is not known: a sheet of paper of its own. */
export const paperLook: ChartLook = {
  width: 800,
  height: 360,
  foreground: '#1f2328',
  quiet: '#57606a',
  line: '#d8dee4',
  background: '#ffffff',
  palette: ['#0969da', '#bc4c00', '#1a7f37', '#8250df', '#9a6700', '#0e8a8a', '#bf3989', '#6e7781', '#3b5bdb', '#a40e26', '#5c7f0a', '#7a5230'],
  alarm: '#cf222e',
  font: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  patterns: false,
  utc: true,
  interactive: false,
};
