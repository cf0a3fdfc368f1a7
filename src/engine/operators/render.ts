import type { WireValue } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import type { Operator } from './registry';

/** `render`: the rows go on; the wish is told beside them, in the words of the query API. */
export const render: Operator = ({ node, input, translator }) => {
  const properties: Record<string, WireValue | readonly string[]> = {};
  let title: string | undefined;
  for (const parameter of [...node.list('Parameters'), ...(node.child('WithClause')?.list('Properties') ?? [])]) {
    const name = parameter.need('Name').simpleName ?? '';
    const value = valueOf(parameter.need('Expression'));
    if (name === 'title') title = String(value);
    else properties[apiNames[name.toLowerCase()] ?? name] = value;
  }
  translator.visualization = { visualization: node.child('ChartType')?.text.toLowerCase() ?? 'table', title, properties };
  return input;
};

const apiNames: Readonly<Record<string, string>> = {
  xcolumn: 'xColumn',
  ycolumns: 'yColumns',
  xtitle: 'xTitle',
  ytitle: 'yTitle',
  xaxis: 'xAxis',
  yaxis: 'yAxis',
  ysplit: 'ySplit',
  ymin: 'yMin',
  ymax: 'yMax',
  xmin: 'xMin',
  xmax: 'xMax',
  anomalycolumns: 'anomalyColumns',
};

function valueOf(node: KqlNode): WireValue | readonly string[] {
  if (node.kind === 'NameReferenceList') return node.list('Names').map((name) => name.simpleName ?? name.text);
  if (node.literalText !== undefined) {
    if (node.kind === 'BooleanLiteralExpression') return node.text.toLowerCase() === 'true';
    const number = Number(node.text);
    return node.kind === 'StringLiteralExpression' || Number.isNaN(number) ? node.literalText : number;
  }
  return node.simpleName ?? node.text;
}
