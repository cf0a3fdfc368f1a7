import { literal } from '../expression';
import { filter } from '../plan';
import type { Operator } from './registry';

/** `consume` reads its input and gives no rows. */
export const consume: Operator = ({ input, translator }) => filter(input, [literal('bool', false)], translator.ids);
