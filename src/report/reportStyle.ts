/** The style sheet of reports: the reader's light or dark, and paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --error: #c4314b; --warning: #b8860b; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1200px; margin: 0 auto; padding: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
dt, .source, .note { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; } .source { margin: 0; font-size: .9em; }
pre { font: 13px/1.45 ui-monospace, Consolas, monospace; overflow-x: auto; padding: .6rem .8rem; border-radius: 4px; background: var(--soft); }
pre.error { border-left: 4px solid var(--error); white-space: pre-wrap; } .warning { border-left: 4px solid var(--warning); padding-left: .6rem; }
pre.text { background: none; border: 1px solid var(--line); max-height: 32rem; }
.cell { margin: 1.2rem 0; } .note { margin: .3rem 0; font-size: .9em; }
figure { margin: .6rem 0; } img { max-width: 100%; height: auto; }
.table { overflow: auto; max-height: 32rem; border: 1px solid var(--line); }
table { border-collapse: collapse; font-size: 13px; width: max-content; } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 26rem; overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: Canvas; white-space: nowrap; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 11pt; max-width: none; padding: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .table, pre.text { max-height: none; overflow: visible; border: 0; }
  table { font-size: 8pt; width: auto; } th { position: static; white-space: normal; } thead { display: table-header-group; }
  tr, figure, pre.query { break-inside: avoid; } h1, h2, h3, .query, .note { break-after: avoid; }
}
`;
