import type { ChartLook } from '../../common/charts/drawing/look';
import type { Disposable } from '../../common/disposable';

/** Series take these colours of the editor's theme first, in an order in which neighbours differ most. */
const themeColours = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'] as const;
/** Beyond them: readable on light and dark. */
const furtherColours = ['#2aa198', '#d6539b', '#7f8fe0', '#a1795d', '#3fa7c9', '#8a9a1c', '#c97b63', '#6d8f6f'];

/** Colours and fonts of the editor's theme as they are now. */
export function currentLook(place: HTMLElement, size: { readonly width: number; readonly height: number }, utc: boolean): ChartLook {
  const probe = document.createElement('span');
  place.append(probe);
  /** Resolved by the browser, whatever way the theme writes it. */
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const foreground = colour('var(--vscode-foreground)');
  const isHighContrast = /\bvscode-high-contrast/u.test(document.body.className);
  const look: ChartLook = {
    ...size,
    foreground,
    quiet: colour('var(--vscode-descriptionForeground, var(--vscode-foreground))'),
    line: faint,
    background: colour('var(--vscode-editor-background, Canvas)'),
    palette: [...themeColours.map((name) => opaque(colour(`var(--vscode-charts-${name}, transparent)`), fallbacks[name])), ...furtherColours],
    alarm: colour(`var(--vscode-charts-red, ${fallbacks.red})`),
    font: getComputedStyle(place).fontFamily.replaceAll('"', "'"),
    patterns: isHighContrast,
    utc,
    interactive: true,
  };
  probe.remove();
  return look;
}

/** The orange of some themes lets the ground through, for it marks text elsewhere: a line of it would be lost. */
function opaque(colour: string, otherwise: string): string {
  return colour.startsWith('rgb(') ? colour : otherwise;
}

/** Of lines that are to be seen behind what is drawn, on light and dark. */
const faint = 'rgba(128, 128, 128, 0.35)';

const fallbacks = { blue: '#3794ff', orange: '#d18616', green: '#4b9e5a', purple: '#b180d7', yellow: '#cca700', red: '#f14c4c' } as const;

/** Tells when the editor's theme changes: VS Code sets its name on the body and its colours on the root. */
export function onThemeChange(changed: () => void): Disposable {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  return { dispose: () => observer.disconnect() };
}
