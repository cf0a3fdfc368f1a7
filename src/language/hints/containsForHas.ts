import type { Found, HintRule } from './hint';

const better: Readonly<Record<string, { readonly written: string; readonly text: string }>> = {
  ContainsExpression: { written: 'contains', text: 'has' },
  NotContainsExpression: { written: '!contains', text: '!has' },
  ContainsCsExpression: { written: 'contains_cs', text: 'has_cs' },
  NotContainsCsExpression: { written: '!contains_cs', text: '!has_cs' },
};

/** `contains` reads every text; `has` finds whole terms by the index. Told only of what can be a whole term. */
export const containsForHas: HintRule = {
  code: 'HB102',
  name: 'containsForHas',
  *find(statement): Generator<Found> {
    for (const node of statement.nodes) {
      const rule = better[node.kind];
      const operator = node.child('Operator');
      const right = node.child('Right');
      if (!rule || !operator || right?.isLiteral !== true || !/^[A-Za-z0-9]{4,}$/u.test(right.literalText ?? '')) continue;
      const { start, length } = operator;
      yield {
        severity: 'information',
        message: `\`${rule.written}\` reads every value; \`${rule.text}\` finds the whole term "${right.literalText ?? ''}" by the index.`,
        start,
        length,
        replacement: { title: `Use ${rule.text}`, start, length, text: rule.text },
      };
    }
  },
};
