const names: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
};

/** Well-known text as GeoJSON; null when it is none. */
export function fromWkt(text: string): string | null {
  const trimmed = text.trim().replace(/;$/u, '');
  const collection = /^GEOMETRYCOLLECTION\s*\(([\s\S]*)\)$/iu.exec(trimmed);
  if (collection) {
    const parts = splitOutside(collection[1] ?? '').map(fromWkt);
    return parts.some((part) => part === null) ? null : `{"type":"GeometryCollection","geometries":[${parts.join(',')}]}`;
  }
  const match = /^([A-Z]+)\s*(?:Z\s*)?(\([\s\S]*\))$/iu.exec(trimmed);
  const name = names[(match?.[1] ?? '').toUpperCase()];
  if (!match || !name) return null;
  const numbers = (match[2] ?? '').replace(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:\s+[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)+/giu, (place) => `[${place.trim().split(/\s+/u).slice(0, 2).map(Number).join(',')}]`);
  let json = numbers.replaceAll('(', '[').replaceAll(')', ']');
  if (name === 'Point') json = json.replace(/^\[\s*(\[.*\])\s*\]$/su, '$1');
  // Points of a MULTIPOINT may stand in parentheses of their own.
  if (name === 'MultiPoint') json = json.replace(/\[\s*(\[[^[\]]*\])\s*\]/gu, (whole, inner: string, at: number) => (at === 0 && !json.slice(1).includes('[[') ? whole : inner));
  try {
    return JSON.stringify({ type: name, coordinates: JSON.parse(json) as unknown });
  } catch {
    return null;
  }
}

/** Parts between commas that stand in no parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
