/**
 * Plugins of the operator `evaluate`, one file each. A plugin gets its input as a plan and gives a plan whose columns are the binder's
 * (`declared`). When the columns depend on the data and the query does not say them, it throws {@link SchemaNeeded}.
 */
import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import type { OperatorInput } from '../operators/registry';
import type { Plan } from '../plan';
import { activityCounts } from './activityCounts';
import { activityMetrics, newActivityMetrics } from './activityMetrics';
import { activeUsersCount, activityEngagement, sessionCount, slidingWindowCounts } from './activityWindows';
import { bagUnpack } from './bagUnpack';
import { dcountIntersect } from './dcountIntersect';
import { geoLineLookup, geoPolygonLookup } from './geoLookup';
import { ipv4Lookup, ipv6Lookup } from './ipLookup';
import { narrow } from './narrow';
import { autocluster, basket, diffpatterns } from './patterns';
import { pivot } from './pivot';
import { rollingPercentile } from './rollingPercentile';
import { rowsNear } from './rowsNear';
import { schemaMerge } from './schemaMerge';
import { diffpatternsText } from './textPatterns';
import { funnelSequence, funnelSequenceCompletion, sequenceDetect } from './sequences';

export interface PluginInput extends OperatorInput {
  /** The call's arguments: those by position, and those by name. */
  readonly args: readonly KqlNode[];
  readonly named: ReadonlyMap<string, KqlNode>;
  /** Columns of the result: of the binder, or of the query's schema clause. */
  readonly declared: readonly Column[];
  /** The schema is written in the query, or has been asked for. */
  readonly hasSchema: boolean;
}

export type Plugin = (input: PluginInput) => Plan;

export const plugins: ReadonlyMap<string, Plugin> = new Map<string, Plugin>([
  ['active_users_count', activeUsersCount],
  ['activity_counts_metrics', activityCounts],
  ['activity_engagement', activityEngagement],
  ['activity_metrics', activityMetrics],
  ['autocluster', autocluster],
  ['bag_unpack', bagUnpack],
  ['basket', basket],
  ['dcount_intersect', dcountIntersect],
  ['diffpatterns', diffpatterns],
  ['diffpatterns_text', diffpatternsText],
  ['funnel_sequence', funnelSequence],
  ['funnel_sequence_completion', funnelSequenceCompletion],
  ['geo_line_lookup', geoLineLookup],
  ['geo_polygon_lookup', geoPolygonLookup],
  ['ipv4_lookup', ipv4Lookup],
  ['ipv6_lookup', ipv6Lookup],
  ['narrow', narrow],
  ['new_activity_metrics', newActivityMetrics],
  ['pivot', pivot],
  ['rolling_percentile', rollingPercentile],
  ['rows_near', rowsNear],
  ['schema_merge', schemaMerge],
  ['sequence_detect', sequenceDetect],
  ['session_count', sessionCount],
  ['sliding_window_counts', slidingWindowCounts],
]);
