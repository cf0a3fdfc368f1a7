import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { encodingRoutines } from './encodings';
import { compressionRoutines } from './compression';
import { dateRoutines } from './dates';
import { dynamicRoutines } from './dynamics';
import { digestRoutines } from './digests';
import { distributionRoutines } from './distributions';
import { geoRoutines } from './geo';
import { geoIpRoutines } from './geoIp';
import { graphRoutines } from './graphComponents';
import { ipv6Routines } from './ipv6';
import { patternRoutines } from './patternMining';
import { punycodeRoutines } from './punycode';
import type { Routine } from './routine';
import { seriesDecompositionRoutines } from './seriesDecomposition';
import { seriesElementRoutines } from './seriesElements';
import { seriesFillRoutines } from './seriesFills';
import { seriesLineRoutines } from './seriesLines';
import { seriesTransformRoutines } from './seriesTransforms';
import { termRoutines } from './terms';
import { userAgentRoutines } from './userAgents';
import { xmlRoutines } from './xml';

const routines: readonly Routine[] = [
  ...encodingRoutines,
  ...compressionRoutines,
  ...dateRoutines,
  ...digestRoutines,
  ...distributionRoutines,
  ...dynamicRoutines,
  ...geoRoutines,
  ...graphRoutines,
  ...ipv6Routines,
  ...patternRoutines,
  ...punycodeRoutines,
  ...seriesDecompositionRoutines,
  ...seriesElementRoutines,
  ...seriesFillRoutines,
  ...seriesLineRoutines,
  ...seriesTransformRoutines,
  ...termRoutines,
  ...userAgentRoutines,
  ...xmlRoutines,
];

/** Makes the routines known to a database: all its connections have them. */
export function registerRoutines(connection: DuckDBConnection, geoIpDatabase: string | undefined): void {
  for (const { name, parameters, compute } of [...routines, ...geoIpRoutines(geoIpDatabase)]) {
    const scalarFunction = DuckDBScalarFunction.create({
      name: `routine_${name}`,
      parameterTypes: Array.from({ length: parameters }, () => VARCHAR),
      returnType: VARCHAR,
      specialHandling: true,
      mainFunction: (_info, input, output) => {
        const columns = Array.from({ length: parameters }, (_, index) => input.getColumnVector(index));
        for (let row = 0; row < input.rowCount; row++) {
          output.setItem(row, compute(...columns.map((column) => column.getItem(row) as string | null)));
        }
        output.flush();
      },
    });
    connection.registerScalarFunction(scalarFunction);
  }
}
