import { parseDatetime } from '../datetimeText';
import { routine, type Routine } from './routine';

/** Times in text. */
export const dateRoutines: readonly Routine[] = [routine('parse_datetime', 1, (text) => parseDatetime(text ?? '')?.toString() ?? null)];
