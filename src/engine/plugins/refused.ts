interface Refusal {
  readonly reason: string;
  readonly advice: string;
}

/** Plugins that the local engine cannot have, each with the reason and what to do instead. */
export const refusedPlugins: ReadonlyMap<string, Refusal> = new Map([
  ...fromOutside(['http_request', 'http_request_post'], 'it calls a web service, and queries cannot reach the network'),
  ...fromOutside(
    ['sql_request', 'mysql_request', 'postgresql_request', 'cosmosdb_sql_request', 'dax_request', 'azure_digital_twins_query_request', 'execute_query', 'execute_show_command'],
    'it asks another service, and queries cannot reach the network',
  ),
  ...fromOutside(['infer_storage_schema', 'infer_storage_schema_with_suggestions'], 'it reads blobs, and queries cannot reach the network'),
  ...(['ai_chat_completion', 'ai_chat_completion_prompt', 'ai_embeddings', 'ai_embed_text'] as const).map(
    (name) => [name, { reason: 'it asks a language model, and queries cannot reach the network', advice: 'Run the cell in a Log Analytics or Azure Data Explorer workspace.' }] as const,
  ),
  ...(['python', 'r', 'csharp'] as const).map((name) => [name, { reason: 'it runs code, and queries run none', advice: 'Use KQL operators.' }] as const),
  ['preview', { reason: 'it gives two tables, and a cell has one', advice: 'Use take for the rows and count for their number.' }],
]);

function fromOutside(names: readonly string[], reason: string): (readonly [string, Refusal])[] {
  return names.map((name) => [name, { reason, advice: 'Load its answer as a file of a local workspace.' }]);
}
