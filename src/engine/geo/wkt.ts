import { type Coordinates, isPlace } from './sphere';

interface Geometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly Geometry[];
}

/** Well-known text as GeoJSON, heights left out; null when it is none, or when a place in it is none. */
export function fromWkt(text: string): string | null {
  const tokens = text.trim().replace(/;$/u, '').match(/[a-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\S/giu) ?? [];
  const reader = new WktReader(tokens);
  const geometry = reader.geometry();
  return geometry && reader.isAtEnd ? JSON.stringify(geometry) : null;
}

/** Reads one thing after another; undefined is what is not as it should be. */
class WktReader {
  #at = 0;

  constructor(readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  geometry(): Geometry | undefined {
    const word = this.#take()?.toUpperCase();
    if (/^(?:Z|M|ZM)$/iu.test(this.tokens[this.#at] ?? '')) this.#take();
    switch (word) {
      case 'POINT': {
        const places = this.#list(() => this.#place());
        return places?.length === 1 ? { type: 'Point', coordinates: places[0] } : undefined;
      }
      case 'MULTIPOINT':
        return this.#shape('MultiPoint', this.#list(() => this.#pointOfMany()));
      case 'LINESTRING':
        return this.#shape('LineString', this.#line());
      case 'MULTILINESTRING':
        return this.#shape('MultiLineString', this.#list(() => this.#line()));
      case 'POLYGON':
        return this.#shape('Polygon', this.#polygon());
      case 'MULTIPOLYGON':
        return this.#shape('MultiPolygon', this.#list(() => this.#polygon()));
      case 'GEOMETRYCOLLECTION': {
        const geometries = this.#list(() => this.geometry());
        return geometries && { type: 'GeometryCollection', geometries };
      }
      default:
        return undefined;
    }
  }

  #shape(type: string, coordinates: unknown): Geometry | undefined {
    return coordinates === undefined ? undefined : { type, coordinates };
  }

  #line(): Coordinates[] | undefined {
    const places = this.#list(() => this.#place());
    return places && places.length >= 2 ? places : undefined;
  }

  #polygon(): Coordinates[][] | undefined {
    return this.#list(() => {
      const ring = this.#line();
      return ring && ring.length >= 4 ? ring : undefined;
    });
  }

  /** A point of several may stand in parentheses of its own. */
  #pointOfMany(): Coordinates | undefined {
    if (this.tokens[this.#at] !== '(') return this.#place();
    const places = this.#list(() => this.#place());
    return places?.length === 1 ? places[0] : undefined;
  }

  #place(): Coordinates | undefined {
    const numbers: number[] = [];
    for (let next = Number(this.tokens[this.#at] ?? Number.NaN); !Number.isNaN(next); next = Number(this.tokens[this.#at] ?? Number.NaN)) {
      numbers.push(next);
      this.#take();
    }
    const [longitude, latitude] = numbers;
    const place: Coordinates | undefined = longitude === undefined || latitude === undefined ? undefined : [longitude, latitude];
    return place && numbers.length <= 4 && isPlace(place) ? place : undefined;
  }

  /** Items in parentheses. */
  #list<T>(item: () => T | undefined): T[] | undefined {
    if (this.#take() !== '(') return undefined;
    const items: T[] = [];
    for (;;) {
      const found = item();
      if (found === undefined) return undefined;
      items.push(found);
      const after = this.#take();
      if (after === ')') return items;
      if (after !== ',') return undefined;
    }
  }

  #take(): string | undefined {
    return this.tokens[this.#at++];
  }
}
