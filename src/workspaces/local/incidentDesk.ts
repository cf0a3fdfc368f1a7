import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../../common/errors';
import {
  type Incident,
  type IncidentChange,
  type IncidentComment,
  type IncidentDetails,
  type IncidentFields,
  MAX_COMMENTS,
} from '../../common/incidents';
import { checkComment, mergeChange, withFields } from '../incidentChanges';

/** What people wrote to an incident, over what the data says of it. */
interface Written {
  readonly fields: IncidentFields;
  readonly lastModifiedTime: string;
  readonly comments: readonly IncidentComment[];
}

export interface DeskOptions {
  /** JSON of what was written; its folder is made when something is. */
  readonly file: string;
  /** Stands as the author of comments. */
  readonly author: string;
  readonly now: () => Date;
}

/**
 * The incidents of a local workspace, with what people wrote to them. The data itself never changes: changes are kept beside it, by
 * incident number, so that they outlive a new reading of the data.
 */
export class IncidentDesk {
  readonly #options: DeskOptions;
  readonly #original: ReadonlyMap<number, IncidentDetails>;
  #written: ReadonlyMap<number, Written>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: DeskOptions, incidents: readonly IncidentDetails[], written: ReadonlyMap<number, Written>) {
    this.#options = options;
    this.#original = new Map(incidents.map((details) => [details.incident.number, details]));
    this.#written = written;
  }

  /** @throws HuntError `storage` when what was written before cannot be read: losing it in silence would be worse. */
  static async open(options: DeskOptions, incidents: readonly IncidentDetails[]): Promise<IncidentDesk> {
    return new IncidentDesk(options, incidents, await readWritten(options.file));
  }

  list(): readonly Incident[] {
    return [...this.#original.keys()].map((number) => this.get(number).incident);
  }

  /** @throws HuntError `notFound`. */
  get(number: number): IncidentDetails {
    const details = this.#original.get(number);
    if (!details) throw new HuntError({ kind: 'notFound', what: 'incident', name: `#${number}` });
    const written = this.#written.get(number);
    if (!written) return details;
    const comments = [...details.comments, ...written.comments];
    const incident = withFields({ ...details.incident, lastModifiedTime: written.lastModifiedTime }, written.fields);
    return { ...details, comments, incident: { ...incident, commentCount: details.incident.commentCount + written.comments.length } };
  }

  /** @throws HuntError `incidentConflict`, `refused` or `storage`; nothing is changed then. */
  async change(number: number, change: IncidentChange): Promise<Incident> {
    await this.#write(number, ({ incident }) => {
      const fields = mergeChange(incident, change);
      withFields(incident, fields);
      return { fields };
    });
    return this.get(number).incident;
  }

  /** @throws HuntError `refused` or `storage`. */
  async addComment(number: number, message: string): Promise<IncidentDetails> {
    checkComment(message);
    await this.#write(number, ({ comments }) => {
      if (comments.length >= MAX_COMMENTS) {
        throw new HuntError({ kind: 'refused', message: `Incident #${number} has ${MAX_COMMENTS} comments, the most it can have.` });
      }
      return { comments: [{ author: this.#options.author, createdTime: this.#options.now().toISOString(), message }] };
    });
    return this.get(number);
  }

  /** One write at a time, on what another window may have written since, and whole or not at all. */
  #write(number: number, make: (now: IncidentDetails) => Partial<Written>): Promise<void> {
    const { file, now } = this.#options;
    const writing = this.#writing.then(async () => {
      this.#written = await readWritten(file);
      const added = make(this.get(number));
      const before = this.#written.get(number);
      const after: Written = {
        fields: { ...before?.fields, ...added.fields },
        comments: [...(before?.comments ?? []), ...(added.comments ?? [])],
        lastModifiedTime: now().toISOString(),
      };
      const written = new Map(this.#written).set(number, after);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify([...written]));
      await rename(`${file}.new`, file);
      this.#written = written;
    });
    this.#writing = writing.catch(() => undefined);
    return writing.catch((thrown: unknown) => {
      throw toHuntError(thrown);
    });
  }
}

async function readWritten(file: string): Promise<Map<number, Written>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    const error = toHuntError(thrown);
    if (error.data.kind === 'storage' && error.data.reason === 'missing') return new Map();
    throw error;
  }
  try {
    return new Map(JSON.parse(text) as [number, Written][]);
  } catch (thrown) {
    const message = `What was written to incidents cannot be read: ${file} is not valid JSON. Repair it, or move it away to go on without.`;
    throw new HuntError({ kind: 'storage', reason: 'other', path: file, message }, { cause: thrown });
  }
}
