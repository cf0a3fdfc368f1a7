/** The package as Node loads it: CommonJS, whose one export is the default. */
declare module 'geographiclib-geodesic/geographiclib-geodesic.min.js' {
  import type { Geodesic } from 'geographiclib-geodesic';

  const library: { readonly Geodesic: typeof Geodesic };
  export = library;
}
