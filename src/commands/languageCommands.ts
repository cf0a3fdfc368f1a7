import type { KqlFiles } from '../notebook/vscodeKqlFiles';
import type { Command } from './command';
import { RunKqlStatement } from './runKqlStatement';
import { StopKqlStatement } from './stopKqlStatement';

/** What commands on `.kql` files work on. */
export interface LanguageSubjects {
  readonly kqlFiles: KqlFiles;
}

/** Commands on `.kql` files. */
export function languageCommands({ kqlFiles }: LanguageSubjects): readonly Command[] {
  return [new RunKqlStatement(kqlFiles), new StopKqlStatement(kqlFiles)];
}
