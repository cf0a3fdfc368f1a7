import { svgElement } from './dom';

/** Our own 16 × 16 line icons, drawn with the current text colour. */
const paths = {
  table: ['M2 3h12v10h-12z', 'M2 6.3h12', 'M2 9.7h12', 'M6.2 6.3v6.7'],
  chart: ['M2.5 2.5v11h11', 'M4.8 10.6l2.7-3.4l2.2 1.9l3.6-4.9'],
  timeline: ['M2 8h12', 'M4.5 5.8v4.4', 'M8 4v8', 'M11.5 5.8v4.4'],
  tree: ['M2.5 2.5h4v3h-4z', 'M9.5 6.5h4v3h-4z', 'M9.5 11h4v3h-4z', 'M4.5 5.5v7h5', 'M4.5 8h5'],
  graph: ['M4 2.5a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6z', 'M12 4.5a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6z', 'M6.5 10a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6z', 'M5.7 4.7l4.6 1.2', 'M4.6 6l1.4 4.1', 'M10.8 7.6l-3 3'],
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9z', 'M10.3 10.3l3.2 3.2'],
  close: ['M3.8 3.8l8.4 8.4', 'M12.2 3.8l-8.4 8.4'],
  copy: ['M5.5 5.5h8v8h-8z', 'M3.5 10.5h-1v-8h8v1'],
  copyWithHeaders: ['M5.5 5.5h8v8h-8z', 'M5.5 7.2h8', 'M5.5 8h8', 'M3.5 10.5h-1v-8h8v1'],
  chevronRight: ['M6 3.5l4.5 4.5l-4.5 4.5'],
  chevronUp: ['M3.5 10l4.5-4.5l4.5 4.5'],
  chevronDown: ['M3.5 6l4.5 4.5l4.5-4.5'],
  sortedUp: ['M8 13v-9.5', 'M4.5 7l3.5-3.5l3.5 3.5'],
  sortedDown: ['M8 3v9.5', 'M4.5 9l3.5 3.5l3.5-3.5'],
  warning: ['M8 2.2l6.2 11.3h-12.4z', 'M8 6.5v3.4', 'M8 11.4v.6'],
  info: ['M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12z', 'M8 7.2v3.8', 'M8 4.8v.6'],
  run: ['M4.5 2.8l8 5.2l-8 5.2z'],
  retry: ['M13 8a5 5 0 1 1-1.6-3.7', 'M13.2 2v3h-3'],
  panel: ['M2 3h12v10h-12z', 'M9.5 3v10'],
  keyboard: ['M1.5 4.5h13v7.5h-13z', 'M4 7h.6', 'M7 7h.6', 'M9.5 7h.6', 'M12 7h.6', 'M4.5 9.6h7'],
  clock: ['M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6z', 'M8 4.8v3.4l2.3 1.4'],
  hourglass: ['M4 2.5h8', 'M4 13.5h8', 'M5 2.5c0 3.2 6 4 6 7v4', 'M11 2.5c0 3.2-6 4-6 7v4'],
  letter: ['M3.5 4.8v-1.6h9v1.6', 'M8 3.2v9.6', 'M6.2 12.8h3.6'],
  number: ['M6.4 2.6l-1.3 10.8', 'M10.9 2.6l-1.3 10.8', 'M3 6h10.6', 'M2.4 10h10.6'],
  check: ['M2.8 2.8h10.4v10.4h-10.4z', 'M5.2 8.2l2 2l3.6-4.2'],
  key: ['M4.6 5.4a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 0 0 0-5.2z', 'M7.2 8h6.6v2.4', 'M11 8v1.9'],
  braces: ['M6.2 2.6c-2.4 0-1.6 2.4-1.6 3.6s-.8 1.8-2 1.8c1.2 0 2 .6 2 1.8s-.8 3.6 1.6 3.6', 'M9.8 2.6c2.4 0 1.6 2.4 1.6 3.6s.8 1.8 2 1.8c-1.2 0-2 .6-2 1.8s.8 3.6-1.6 3.6'],
  tick: ['M3 8.5l3.2 3.2l6.8-7.2'],
  filter: ['M2 3h12l-4.8 5.6v4.6l-2.4-1.6v-3z'],
  group: ['M2.5 3.5h11', 'M5.5 7h8', 'M5.5 10.5h8', 'M2.8 5.8v4.7'],
  pin: ['M5.5 2.5h5', 'M6.5 2.5v4.5l-2 2.5h7l-2-2.5v-4.5', 'M8 9.5v4'],
  hide: ['M2 8c2-3 4-4 6-4s4 1 6 4c-2 3-4 4-6 4s-4-1-6-4z', 'M3 13l10-10'],
  columns: ['M2 3h12v10h-12z', 'M6 3v10', 'M10 3v10'],
  bars: ['M2.5 13.5h11', 'M4.5 11.5v-4', 'M8 11.5v-8', 'M11.5 11.5v-2.5'],
  pivot: ['M2.5 2.5h11v11h-11z', 'M2.5 6.2h11', 'M6.2 2.5v11'],
  add: ['M8 3v10', 'M3 8h10'],
  query: ['M2.5 4.5l3 3.5l-3 3.5', 'M7.5 12h6'],
  bell: ['M3.2 11.5h9.6l-1.3-2v-3a3.5 3.5 0 0 0-7 0v3z', 'M6.8 13.5h2.4'],
  comment: ['M2 3h12v8h-7l-3 2.8v-2.8h-2z'],
  bookmark: ['M4 2.5h8v11l-4-3l-4 3z'],
  person: ['M8 2.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 0 0 0-5.2z', 'M3 13.5a5 5 0 0 1 10 0'],
  trash: ['M3 4.5h10', 'M6 4.5v-2h4v2', 'M4.3 4.5l.6 9h6.2l.6-9', 'M6.8 7v4', 'M9.2 7v4'],
  external: ['M6.5 3.5h-4v10h10v-4', 'M9 2.5h4.5v4.5', 'M13.2 2.8l-6 6'],
  list: ['M5.5 4h8', 'M5.5 8h8', 'M5.5 12h8', 'M2.3 4h.6', 'M2.3 8h.6', 'M2.3 12h.6'],
  pulse: ['M1.5 8h3l2-4.5l3 9l2-4.5h3'],
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon: what it means is said by the control it stands in. */
export function icon(name: IconName): SVGSVGElement {
  const svg = svgElement('svg', { viewBox: '0 0 16 16', class: 'hb-icon', 'aria-hidden': 'true' });
  svg.append(...paths[name].map((d) => svgElement('path', { d })));
  return svg;
}
