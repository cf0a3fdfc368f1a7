import type { KqlNode } from '../../kql/node';
import type { Expression } from '../expression';
import type { Scope } from '../scope';
import type { Translator } from '../translator';
import { arithmetic } from './arithmetic';
import { comparisons } from './comparisons';
import { literals } from './literals';
import { memberships } from './memberships';
import { names } from './names';
import { paths } from './paths';
import { textPredicates } from './textPredicates';

export interface ScalarInput {
  readonly node: KqlNode;
  readonly scope: Scope;
  readonly translator: Translator;
}

export type ScalarKind = (input: ScalarInput) => Expression;
export type ScalarKinds = Readonly<Record<string, ScalarKind>>;

/** How each kind of scalar syntax is translated. */
export const scalarKinds: ReadonlyMap<string, ScalarKind> = new Map(
  [literals, names, paths, arithmetic, comparisons, memberships, textPredicates].flatMap((kinds) => Object.entries(kinds)),
);
