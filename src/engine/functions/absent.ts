const signedIn = 'nobody is signed in to a local workspace';
const extents = 'a local workspace has no extents';
const cursors = 'a local workspace has no database cursors';
const clusters = 'a local workspace has no cluster';
const combining = 'how Azure combines hashes is not published; hash_sha256(strcat(…)) gives the same value everywhere';

/** Functions that have no meaning in the local engine, or no published definition, with the reason. */
export const absentFunctions: ReadonlyMap<string, string> = new Map([
  ['current_principal', signedIn],
  ['current_principal_details', signedIn],
  ['current_principal_is_member_of', signedIn],
  ['extent_id', extents],
  ['extent_tags', extents],
  ['row_id', extents],
  ['cursor_after', cursors],
  ['cursor_before_or_at', cursors],
  ['cursor_current', cursors],
  ['current_cluster_endpoint', clusters],
  ['current_database', clusters],
  ['cluster', clusters],
  ['database', clusters],
  ['entity_group', clusters],
  ['graph', 'a local workspace has no stored graphs: make-graph makes one'],
  ['external_table', 'a local workspace has no external tables: load the file as a table'],
  ['materialized_view', 'a local workspace has no materialized views'],
  ['stored_query_result', 'a local workspace stores results as named cells'],
  ['hash_combine', combining],
  ['hash_many', combining],
]);
