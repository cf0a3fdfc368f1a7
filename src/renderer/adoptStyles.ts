const adopted = new Set<string>();

/** Adds a style sheet to the page, once; the page's policy lets no other kind of style in. */
export function adoptStyles(css: string): void {
  if (adopted.has(css)) return;
  adopted.add(css);
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  document.adoptedStyleSheets.push(styles);
}
