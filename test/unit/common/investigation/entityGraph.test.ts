import { describe, expect, it } from 'vitest';
import { entityGraph, graphColumns, type EntityGraph } from '../../../../src/common/investigation/entityGraph';
import type { Column, WireRow } from '../../../../src/common/kqlTypes';

const text = (name: string): Column => ({ name, type: 'string' });

function graph(columns: readonly Column[], rows: readonly WireRow[], most = 100): EntityGraph {
  return entityGraph(columns, graphColumns(columns)!, rows, (column) => column, most);
}

const shown = ({ nodes, links }: EntityGraph) => ({
  nodes: nodes.map(({ id, rows }) => `${id} ${rows}`).sort(),
  links: links.map(({ source, target, rows }) => `${source} - ${target} ${rows}`).sort(),
});

describe('graphColumns', () => {
  it('needs two columns that name entities, or the list of an alert', () => {
    expect(graphColumns([text('Account'), text('Title')])).toBeUndefined();
    expect(graphColumns([text('Account'), text('Computer')])).toEqual({ entities: [0, 1], list: undefined, alert: undefined });
    expect(graphColumns([text('AlertName'), text('Entities')])).toEqual({ entities: [], list: 1, alert: 0 });
  });
});

describe('entityGraph', () => {
  it('links what a row names together, without regard to case', () => {
    const made = graph(
      [text('UserPrincipalName'), text('Computer'), text('IPAddress')],
      [
        ['mia@contoso.com', 'PC1', '203.0.113.7'],
        ['MIA@contoso.com', 'pc1', null],
        ['eve@contoso.com', '', '203.0.113.7'],
      ],
    );
    expect(shown(made)).toEqual({
      nodes: ['Account:eve@contoso.com 1', 'Account:mia@contoso.com 2', 'Host:pc1 2', 'Ip:203.0.113.7 2'],
      links: [
        'Account:eve@contoso.com - Ip:203.0.113.7 1',
        'Account:mia@contoso.com - Host:pc1 2',
        'Account:mia@contoso.com - Ip:203.0.113.7 1',
        'Host:pc1 - Ip:203.0.113.7 1',
      ],
    });
  });

  it('links an alert with the entities of its list', () => {
    const entities = '[{"$id":"1","Type":"host","HostName":"PC1"},{"Type":"ip","Address":"203.0.113.7"},{"Type":"constructor"},7,{"Type":"account"}]';
    expect(shown(graph([text('AlertName'), text('Entities')], [['Bad', entities], ['Bad', 'broken ['], ['', null]]))).toEqual({
      nodes: ['Alert:bad 2', 'Host:pc1 1', 'Ip:203.0.113.7 1'],
      links: ['Alert:bad - Host:pc1 1', 'Alert:bad - Ip:203.0.113.7 1'],
    });
  });

  it('keeps the most linked when there are too many, and counts the others', () => {
    const rows = Array.from({ length: 50 }, (_, index): WireRow => [`user${index}@contoso.com`, 'HUB']);
    const made = graph([text('Account'), text('Computer')], rows, 10);
    expect(made.nodes).toHaveLength(10);
    expect(made.nodes[0]?.label).toBe('HUB');
    expect(made.leftOut).toBe(41);
    expect(made.links).toHaveLength(9);
  });

  it('counts an entity that a row names twice once', () => {
    expect(shown(graph([text('Account'), text('TargetUserName')], [['mia', 'MIA']]))).toEqual({ nodes: ['Account:mia 1'], links: [] });
  });
});
