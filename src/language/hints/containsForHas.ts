import type { Hint, HintRule } from './hint';

const better: Readonly<Record<string, { readonly written: string; readonly text: string }>> = {
  ContainsExpression: { written: 'contains', text: 'has' },
  NotContainsExpression: { written: '!contains', text: '!has' },
  ContainsCsExpression: { written: 'contains_cs', text: 'has_cs' },
  NotContainsCsExpression: { written: '!contains_cs', text: '!has_cs' },
};

/** `contains` looks through every text; `has` finds whole terms by the index. Only terms are certain to mean the same in practice. */
export const containsForHas: HintRule = {
  code: 'HB102',
  name: 'containsForHas',
  find: (statement) =>
    [...(statement.root?.walk() ?? [])].flatMap((node): Hint[] => {
      const rule = better[node.kind];
      const operator = node.child('Operator');
      const right = node.child('Right');
      if (!rule || !operator || right?.isLiteral !== true || !/^[A-Za-z0-9]{4,}$/u.test(right.literalText ?? '')) return [];
      return [
        {
          code: 'HB102',
          severity: 'information',
          message: `\`${rule.written}\` reads every value; \`${rule.text}\` finds the whole term "${right.literalText ?? ''}" by the index.`,
          start: operator.start,
          length: operator.length,
          replacement: { title: `Use ${rule.text}`, start: operator.start, length: operator.length, text: rule.text },
        },
      ];
    }),
};
