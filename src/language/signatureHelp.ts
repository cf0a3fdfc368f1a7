import type { SignatureHelp } from 'vscode-languageserver-types';
import { callAt, type CallSignature } from '../kql/signatures';
import { documentationOf } from './documentation/documentation';
import type { LanguageCell } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** How the function around an offset is called, and which argument is being written. */
export function signatureHelp(notebook: LanguageNotebook, cell: LanguageCell, offset: number): SignatureHelp | undefined {
  const placed = notebook.statementAt(cell, offset);
  const call = placed && callAt(placed.bound, offset - placed.range.start);
  if (!call) return undefined;
  const fitting = call.signatures.findIndex((signature) => takes(signature, call.argument));
  const active = Math.max(0, fitting);
  const count = call.signatures[active]?.parameters.length ?? 0;
  return {
    signatures: call.signatures.map(({ name, parameters }) => {
      const documentation = documentationOf(name);
      return {
        label: `${name}(${parameters.join(', ')})`,
        parameters: parameters.map((label) => ({ label })),
        ...(documentation === undefined ? {} : { documentation: { kind: 'markdown', value: documentation } }),
      };
    }),
    activeSignature: active,
    // What is repeated is the last parameter.
    activeParameter: Math.min(call.argument, Math.max(0, count - 1)),
  };
}

function takes({ parameters, repeatable }: CallSignature, argument: number): boolean {
  return repeatable || argument < parameters.length || (argument === 0 && parameters.length === 0);
}
