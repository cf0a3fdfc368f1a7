import type { TemplateKernel } from '../common/templates';
import { type JsonObject, objectAt, textAt } from './notebookJson';

/** What a notebook asks for when its own kernel exists no more. */
export const PYTHON_KERNEL = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' } as const;

/** Kernels of hosted environments that were taken out of service, by name or by what people read: Python before 3.9, and their mixes. */
const gone = /python[ -]?3\.?[5-8](?!\d)|py3[5-8](?!\d)|\bvenv\b/i;

/** The kernel that a notebook's metadata names, or undefined when it names none. */
export function readKernel(metadata: JsonObject): TemplateKernel | undefined {
  const spec = objectAt(metadata, 'kernelspec');
  const language = textAt(spec, 'language') || textAt(objectAt(metadata, 'language_info'), 'name');
  const name = textAt(spec, 'name');
  const displayName = textAt(spec, 'display_name');
  if (name === '' && displayName === '' && language === '') return undefined;
  return { name, displayName: displayName || name || language, language: language || guessed(name), vanished: gone.test(`${name} ${displayName}`) };
}

/** Hunts in KQL run with our kernel; notebooks that say nothing are taken for such. */
export function isKqlKernel(kernel: TemplateKernel | undefined): boolean {
  return kernel === undefined || kernel.language === 'kusto' || kernel.name === 'huntbook';
}

function guessed(name: string): string {
  return /py/i.test(name) ? 'python' : name;
}
