/**
 * Tabular operators, one file each. An operator gets its input as a plan and gives a plan; the file's export is entered here
 * under the syntax kind.
 * Output columns carry the names Kusto's binder computed (`outputNames`), so that automatic names are never guessed.
 */
import { graphMatch, graphShortestPaths } from '../graph/graphMatch';
import { graphToTable } from '../graph/graphToTable';
import { makeGraph } from '../graph/makeGraph';
import { graphMarkComponents } from '../graph/markComponents';
import type { KqlNode } from '../../kql/node';
import type { Environment } from '../environment';
import type { Plan } from '../plan';
import type { Scope } from '../scope';
import type { Translator } from '../translator';
import { asOperator } from './as';
import { consume } from './consume';
import { count } from './count';
import { distinct } from './distinct';
import { evaluate, leadingEvaluate } from './evaluate';
import { extend } from './extend';
import { facet, fork } from './fork';
import { getSchema } from './getSchema';
import { invoke } from './invoke';
import { join, lookup } from './join';
import { makeSeries } from './makeSeries';
import { mvApply } from './mvApply';
import { mvExpand } from './mvExpand';
import { parse, parseWhere } from './parse';
import { parseKv } from './parseKv';
import { partition } from './partition';
import { project, projectAway, projectKeep, projectRename, projectReorder } from './project';
import { projectByNames } from './projectByNames';
import { print } from './print';
import { range } from './range';
import { render } from './render';
import { sample, sampleDistinct } from './sample';
import { scan } from './scan';
import { search, searchTables, find } from './search';
import { serialize } from './serialize';
import { sort, top } from './sort';
import { summarize } from './summarize';
import { take } from './take';
import { topHitters } from './topHitters';
import { topNested } from './topNested';
import { leadingUnion, union } from './union';
import { where } from './where';

export interface OperatorInput {
  readonly node: KqlNode;
  readonly input: Plan;
  readonly environment: Environment;
  /** The input's rows. */
  readonly scope: Scope;
  readonly translator: Translator;
}
export type Operator = (input: OperatorInput) => Plan;

export interface SourceInput {
  readonly node: KqlNode;
  readonly environment: Environment;
  readonly translator: Translator;
}
/** An operator that reads no input: `print`, `range`, a leading `union`. */
export type SourceOperator = (input: SourceInput) => Plan;

export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['AsOperator', asOperator],
  ['ConsumeOperator', consume],
  ['CountOperator', count],
  ['DistinctOperator', distinct],
  ['EvaluateOperator', evaluate],
  ['ExtendOperator', extend],
  ['FacetOperator', facet],
  ['FilterOperator', where],
  ['ForkOperator', fork],
  ['GetSchemaOperator', getSchema],
  ['GraphMatchOperator', graphMatch],
  ['GraphMarkComponentsOperator', graphMarkComponents],
  ['GraphShortestPathsOperator', graphShortestPaths],
  ['GraphToTableOperator', graphToTable],
  ['InvokeOperator', invoke],
  ['JoinOperator', join],
  ['LookupOperator', lookup],
  ['MakeGraphOperator', makeGraph],
  ['MakeSeriesOperator', makeSeries],
  ['MvApplyOperator', mvApply],
  ['MvExpandOperator', mvExpand],
  ['ParseOperator', parse],
  ['ParseKvOperator', parseKv],
  ['ParseWhereOperator', parseWhere],
  ['PartitionOperator', partition],
  ['ProjectOperator', project],
  ['ProjectAwayOperator', projectAway],
  ['ProjectByNamesOperator', projectByNames],
  ['ProjectKeepOperator', projectKeep],
  ['ProjectRenameOperator', projectRename],
  ['ProjectReorderOperator', projectReorder],
  ['RenderOperator', render],
  ['SampleOperator', sample],
  ['SampleDistinctOperator', sampleDistinct],
  ['ScanOperator', scan],
  ['SearchOperator', search],
  ['SerializeOperator', serialize],
  ['SortOperator', sort],
  ['SummarizeOperator', summarize],
  ['TakeOperator', take],
  ['TopHittersOperator', topHitters],
  ['TopNestedOperator', topNested],
  ['TopOperator', top],
  ['UnionOperator', union],
]);

export const sourceOperators: ReadonlyMap<string, SourceOperator> = new Map<string, SourceOperator>([
  ['EvaluateOperator', leadingEvaluate],
  ['FindOperator', find],
  ['PrintOperator', print],
  ['RangeOperator', range],
  ['SearchOperator', searchTables],
  ['UnionOperator', leadingUnion],
]);
