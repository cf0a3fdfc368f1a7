import type { IncidentDetails } from '../../../src/common/incidents';

export interface TenantDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly defaultDomain: string;
}

export interface SubscriptionDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly tenantId: string;
}

export type TablePlan = 'Analytics' | 'Basic' | 'Auxiliary';

export interface TableDefinition {
  readonly name: string;
  /** Its columns and rows are this query's answer; the query may read the workspace's other tables, and its own former self. */
  readonly kql: string;
  readonly plan?: TablePlan;
  readonly solution?: string;
  readonly retentionInDays?: number;
}

/** A saved function of a workspace. */
export interface FunctionDefinition {
  readonly name: string;
  readonly displayName?: string;
  /** `t:datetime, n:long=5`. */
  readonly parameters?: string;
  readonly body: string;
}

export interface SavedSearchDefinition {
  readonly id: string;
  readonly category: string;
  readonly displayName: string;
  readonly query: string;
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
  readonly functionAlias?: string;
  readonly functionParameters?: string;
}

export interface WatchlistDefinition {
  readonly alias: string;
  readonly name?: string;
  readonly searchKey: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** A task of an incident, to be done. */
export interface TaskDefinition {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly createdBy: string;
}

/**
 * What a role is lacking for: queries, the schema, reading what SecurityInsights has, changing incidents (and all else), changing
 * bookmarks, watchlists and saved searches.
 */
export type Denial = 'query' | 'metadata' | 'incidents' | 'writeIncidents' | 'contribute';

export interface WorkspaceDefinition {
  readonly name: string;
  /** What the query API and the column `TenantId` name it by. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly sentinel: boolean;
  /** The generated sample's tables and incidents are in it. */
  readonly sample?: boolean;
  readonly tables?: readonly TableDefinition[];
  readonly functions?: readonly FunctionDefinition[];
  readonly incidents?: readonly IncidentDetails[];
  readonly savedSearches?: readonly SavedSearchDefinition[];
  readonly watchlists?: readonly WatchlistDefinition[];
  readonly denied?: readonly Denial[];
}

export interface WorldDefinition {
  /** The first is the one people sign in to. */
  readonly tenants: readonly TenantDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
  readonly workspaces: readonly WorkspaceDefinition[];
}
