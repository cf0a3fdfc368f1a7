import type { Found, HintRule } from './hint';

/** Columns whose values come in whatever case the source wrote them: names of people, machines, files and domains. */
const mixedCase =
  /^(?:UserPrincipalName|UserName|User|Account|AccountName|AccountUpn|AccountUPN|InitiatingProcessAccountName|InitiatingProcessAccountUpn|TargetUserName|SubjectUserName|Caller|UserId|Computer|DeviceName|HostName|Hostname|FileName|InitiatingProcessFileName|ProcessName|NewProcessName|FolderPath|DomainName|RemoteUrl|SenderFromAddress|RecipientEmailAddress)$/u;

const better: Readonly<Record<string, string>> = {
  EqualExpression: '=~',
  NotEqualExpression: '!~',
  InExpression: 'in~',
  NotInExpression: '!in~',
};

/** `==` on a column whose case varies misses what is written otherwise. */
export const caseSensitive: HintRule = {
  code: 'HB107',
  name: 'caseSensitive',
  *find(statement): Generator<Found> {
    for (const node of statement.nodes) {
      const text = better[node.kind];
      const left = node.child('Left');
      const operator = node.child('Operator');
      if (text === undefined || !operator || left?.symbol?.kind !== 'Column' || !mixedCase.test(left.symbol.name)) continue;
      // A comparison of two columns of the same case is meant; one with a text that has letters is where case goes wrong.
      const right = node.child('Right');
      if (!right || ![...right.walk()].some((part) => part.isLiteral && /[A-Za-z]/u.test(part.literalText ?? ''))) continue;
      const { start, length } = operator;
      yield {
        severity: 'information',
        message: `The case of ${left.symbol.name} varies between sources: \`${text}\` ignores it.`,
        start,
        length,
        replacement: { title: `Use ${text}`, start, length, text },
      };
    }
  },
};
