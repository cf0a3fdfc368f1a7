/**
 * The one way nodes are made. Data only ever becomes a text node or the value of an inert attribute: there is no
 * markup from strings anywhere in the renderer.
 */
export type Attributes = Readonly<Record<string, string>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const name of Object.keys(attributes)) created.setAttribute(name, attributes[name] ?? '');
  created.append(...children);
  return created;
}

/** Sets or removes an attribute. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Text for screen readers alone. */
export function spoken(text: string): HTMLSpanElement {
  return element('span', { class: 'hb-spoken' }, text);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element of a drawing. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElementTagNameMap[K] {
  const created = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, String(value));
  return created;
}
