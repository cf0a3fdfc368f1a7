import { type CodeCellJson, huntbookMetadata, kqlCell, type MarkdownCellJson, markdownCell, type NotebookJson } from '../common/nbformat';
import type { EntityColumn, QueryTemplate, Template } from '../common/templates';

/**
 * The notebook of a hunting query: what it looks for, parameters, the query, and for each entity it names what to look at next.
 * The query stands as its author wrote it; it is a result of its own name, which the cells below read.
 */
export function huntingQueryNotebook(template: Template, { query, entities }: QueryTemplate): NotebookJson {
  const { start, ...text } = withTimes(query);
  const pivots = entitiesOnce(entities).flatMap((entity, index) => pivotCells(entity, index + 1));
  return {
    cells: [
      markdownCell('title', introduction(template)),
      kqlCell('parameters', `let start = ${start};\nlet end = now();`, { tags: ['parameters'] }),
      markdownCell('about-query', `## 1. The query\n\n${text.note}`),
      kqlCell('query', `//| name: ${RESULT}\n${text.query}`),
      ...pivots,
      markdownCell('conclusions', `## Conclusions\n\n- **Verdict**: …\n- **Scope**: …\n- **Next**: …`),
    ],
    metadata: huntbookMetadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Name of the query's result in the notebook. */
const RESULT = 'hunt';

function introduction({ title, description, tactics, techniques, tables }: Template): string {
  const attack = [...tactics.map(spaced), ...techniques].map(markdownLiteral).join(', ');
  const facts = [
    ...(attack === '' ? [] : [`- **MITRE ATT&CK**: ${attack}`]),
    ...(tables.length === 0 ? [] : [`- **Tables**: ${tables.map((table) => `\`${table}\``).join(', ')}`]),
  ];
  return [`# ${markdownLiteral(title)}`, ...(description === '' ? [] : [markdownLiteral(description)]), ...(facts.length === 0 ? [] : [facts.join('\n')])].join('\n\n');
}

/** Places for the portal's time range become the parameters; a query that has none and filters no time keeps its own range. */
function withTimes(query: string): { readonly query: string; readonly start: string; readonly note: string } {
  const filled = query.replace(/todatetime\(\s*['"]\{\{StartTimeISO\}\}['"]\s*\)|datetime\(\s*\{\{StartTimeISO\}\}\s*\)/gi, 'start').replace(
    /todatetime\(\s*['"]\{\{EndTimeISO\}\}['"]\s*\)|datetime\(\s*\{\{EndTimeISO\}\}\s*\)/gi,
    'end',
  );
  // Its own declarations come after the parameters and win.
  const own = [...filled.matchAll(/^\s*let\s+(?:start|end|timeframe|lookback|starttime|endtime)\w*\s*=\s*[^;]+;/gim)].map(([text]) => text.trim());
  const uses = /\b(start|end)\b/.test(filled) && own.length === 0;
  const note = uses
    ? 'It looks at the time between `start` and `end` above.'
    : own.length > 0
      ? `It sets its own time: ${own.map((text) => `\`${text.replace(/`/g, '')}\``).join(', ')}.`
      : 'It names no time range: the notebook\'s own is used. Add `| where TimeGenerated between (start .. end)` to narrow it.';
  return { query: filled.trimEnd(), start: 'ago(7d)', note };
}

interface Pivot {
  /** Table and column in which the entity stands. */
  readonly table: string;
  readonly column: string;
  readonly show: string;
}

/** Where an entity of a kind is best looked up next. */
const pivots: Readonly<Record<string, Pivot>> = {
  account: { table: 'SigninLogs', column: 'UserPrincipalName', show: 'IPAddress, Location, AppDisplayName, ResultType' },
  ip: { table: 'SigninLogs', column: 'IPAddress', show: 'UserPrincipalName, Location, AppDisplayName, ResultType' },
  host: { table: 'DeviceProcessEvents', column: 'DeviceName', show: 'AccountName, FileName, ProcessCommandLine, InitiatingProcessFileName' },
  filehash: { table: 'DeviceFileEvents', column: 'SHA256', show: 'DeviceName, FileName, FolderPath, ActionType' },
  url: { table: 'UrlClickEvents', column: 'Url', show: 'AccountUpn, IPAddress, ActionType, Workload' },
  mailbox: { table: 'EmailEvents', column: 'RecipientEmailAddress', show: 'SenderFromAddress, Subject, DeliveryAction, ThreatTypes' },
  azureresource: { table: 'AzureActivity', column: '_ResourceId', show: 'Caller, CallerIpAddress, OperationNameValue, ActivityStatusValue' },
  dns: { table: 'DnsEvents', column: 'Name', show: 'ClientIP, Computer, IPAddresses, QueryType' },
  process: { table: 'DeviceProcessEvents', column: 'ProcessCommandLine', show: 'DeviceName, AccountName, FileName, InitiatingProcessFileName' },
};

/** One column an entity kind: the first, which authors write as the one that identifies it best. */
function entitiesOnce(entities: readonly EntityColumn[]): readonly EntityColumn[] {
  const byKind = new Map<string, EntityColumn>();
  for (const entity of entities) if (!byKind.has(entity.entity.toLowerCase())) byKind.set(entity.entity.toLowerCase(), entity);
  return [...byKind.values()];
}

function pivotCells({ entity, column }: EntityColumn, number: number): readonly (MarkdownCellJson | CodeCellJson)[] {
  const kind = entity.toLowerCase();
  const name = /^\w+$/.test(kind) ? kind : `entity_${number}`;
  const heading = `## ${number + 1}. ${markdownLiteral(entity)}\n\nWhich there are in \`${column}\`, the most frequent first.`;
  const list = `//| name: ${name}_values\n${RESULT}\n| where isnotempty(${column})\n| summarize Rows = count() by ${column} = tostring(${column})\n| sort by Rows desc`;
  const cells = [markdownCell(`about-${name}`, heading), kqlCell(`values-${name}`, list)];
  const pivot = pivots[kind];
  if (!pivot) return cells;
  const look = [
    `//| name: ${name}_activity`,
    `let values = ${name}_values | take 200 | project ${column};`,
    pivot.table,
    '| where TimeGenerated between (start .. end)',
    `| where ${pivot.column} in~ (values)`,
    `| project TimeGenerated, ${pivot.column}, ${pivot.show}`,
    '| sort by TimeGenerated desc',
    '| take 1000',
  ].join('\n');
  return [...cells, markdownCell(`about-activity-${name}`, `What they did in \`${pivot.table}\`.`), kqlCell(`activity-${name}`, look)];
}

function spaced(tactic: string): string {
  return tactic.replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** Text of others as Markdown that shows it: no formatting, no HTML, no links. */
function markdownLiteral(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]#|~<>!$]/g, '\\$&')
    .replace(/&/g, '&amp;');
}
