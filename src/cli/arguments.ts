import type { ParameterValue } from '../notebook/parameters';
import type { SavedOutput } from '../notebook/outputs';
import { type AzureArguments, azureOptionNames, azureUsage, readAzureArguments } from './azureArguments';
import { UsageError } from './usageError';

export interface RunArguments {
  readonly kind: 'run';
  readonly notebook: string;
  /** The first is what cells use that name none. */
  readonly workspaces: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly output: string | undefined;
  readonly html: string | undefined;
  /** The report names accounts, addresses and hosts by tokens. */
  readonly redact: boolean;
  readonly savedOutput: SavedOutput;
  readonly storage: string | undefined;
  readonly memoryLimitMiB: number | undefined;
  /** Files and folders that `externaldata` may read. */
  readonly allowedFiles: readonly string[];
  /** A database of addresses, for `geo_info_from_ip_address()`. */
  readonly geoIpDatabase: string | undefined;
  readonly azure: AzureArguments;
}

/** Options that have one value and are kept by their name. */
const valued: ReadonlySet<string> = new Set(['--html', '--storage', '--memory-limit', '--geo-ip-database', ...azureOptionNames]);

export interface StripArguments {
  readonly kind: 'strip';
  readonly notebooks: readonly string[];
  /** Only says which notebooks have results; changes none. */
  readonly check: boolean;
}

export type Arguments = RunArguments | StripArguments | { readonly kind: 'help' };

export { UsageError };

export const usage = `Runs a hunting notebook without an editor.

  huntbook run NOTEBOOK.ipynb [options]
  huntbook strip NOTEBOOK.ipynb… [--check]

  strip takes rows, previews, pictures and views of results out of notebooks, so that they can be shared. With --check it changes
  nothing and ends with 1 when there is something to take out.

  --workspace, -w WORKSPACE   "sample" (the generated workspace Contoso; the default), a folder of CSV, JSON and Parquet files, or one in Azure.
                              Given several times, the first is what cells use that name none.
  --parameter, -p NAME VALUE  sets a parameter that the cell tagged "parameters" declares; NAME=VALUE is the same
  --output, -o FILE.ipynb     writes the executed notebook
  --html FILE.html            writes a report that is one file without scripts
  --redact                    the report has tokens in place of accounts, IP addresses and hosts
  --no-saved-rows             keeps no rows in the executed notebook, only counts
  --memory-limit MIB          memory that queries may take
  --allow-files PATH          a file or folder that externaldata may read; may be given several times
  --geo-ip-database FILE      a MaxMind database (.mmdb) that geo_info_from_ip_address() reads
  --storage FOLDER            where loaded data is kept between runs
  --help, -h                  prints this
${azureUsage}
Cells run in order; the first that fails ends the run, and what ran is written.
Exit code: 0 all cells ran, 1 a cell failed or a file could not be written, 2 the command line or the input is wrong, 130 interrupted.
`;

/** @throws UsageError */
export function parseArguments(words: readonly string[]): Arguments {
  if (words.some((word) => word === '--help' || word === '-h') || words[0] === 'help' || words.length === 0) return { kind: 'help' };
  const [command, ...rest] = words;
  if (command === 'strip') return parseStrip(rest);
  if (command !== 'run') throw new UsageError(`"${command ?? ''}" is no command; "run" and "strip" are.`);
  return parseRun(rest);
}

function parseStrip(words: readonly string[]): StripArguments {
  const notebooks = words.filter((word) => !word.startsWith('-'));
  const unknown = words.find((word) => word.startsWith('-') && word !== '--check');
  if (unknown !== undefined) throw new UsageError(`There is no option ${unknown}.`);
  if (notebooks.length === 0) throw new UsageError('Name the notebooks to strip.');
  return { kind: 'strip', notebooks, check: words.includes('--check') };
}

function parseRun(words: readonly string[]): RunArguments {
  const left = [...words];
  const notebooks: string[] = [];
  const workspaces: string[] = [];
  const allowedFiles: string[] = [];
  const parameters: Record<string, ParameterValue> = {};
  const single = new Map<string, string>();
  let savedOutput: SavedOutput = 'preview';
  let redact = false;
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [option, attached] = splitOption(word);
    const value = (): string => attached ?? left.shift() ?? fail(`${option} needs a value.`);
    switch (option) {
      case '--workspace':
      case '-w':
        workspaces.push(value());
        break;
      case '--allow-files':
        allowedFiles.push(value());
        break;
      case '--parameter':
      case '-p': {
        const [name, text] = parameter(value(), left);
        parameters[name] = text;
        break;
      }
      case '--output':
      case '-o':
        single.set('output', value());
        break;
      case '--redact':
        redact = true;
        break;
      case '--no-saved-rows':
        savedOutput = 'nothing';
        break;
      default:
        if (valued.has(option)) {
          single.set(option.slice(2), value());
          break;
        }
        if (word.startsWith('-')) throw new UsageError(`There is no option ${option}.`);
        notebooks.push(word);
    }
  }
  const [notebook, second] = notebooks;
  if (notebook === undefined) throw new UsageError('Name the notebook to run.');
  if (second !== undefined) throw new UsageError(`One notebook is run at a time; "${second}" is a second.`);
  if (redact && !single.has('html')) throw new UsageError('--redact is about the report: name its file with --html.');
  return {
    kind: 'run',
    notebook,
    workspaces: workspaces.length === 0 ? ['sample'] : workspaces,
    parameters,
    output: single.get('output'),
    html: single.get('html'),
    redact,
    savedOutput,
    storage: single.get('storage'),
    memoryLimitMiB: memoryLimit(single.get('memory-limit')),
    allowedFiles,
    geoIpDatabase: single.get('geo-ip-database'),
    azure: readAzureArguments(single),
  };
}

/** `--name=value` in two. */
function splitOption(word: string): readonly [string, string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function parameter(first: string, left: string[]): readonly [string, string] {
  const equals = first.indexOf('=');
  if (equals > 0) return [first.slice(0, equals), first.slice(equals + 1)];
  return [first, left.shift() ?? fail(`The parameter ${first} needs a value.`)];
}

function memoryLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[1-9]\d*$/.test(text) ? Number(text) : fail(`--memory-limit is a number of MiB; "${text}" is none.`);
}

function fail(message: string): never {
  throw new UsageError(message);
}
