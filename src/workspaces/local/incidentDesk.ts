import { randomUUID } from 'node:crypto';
import { HuntError } from '../../common/errors';
import {
  type Incident,
  type IncidentChange,
  type IncidentComment,
  type IncidentDetails,
  type IncidentFields,
  MAX_COMMENTS,
} from '../../common/incidents';
import { checkComment, mergeChange, withFields } from '../incidentChanges';
import { WrittenFile } from './writtenFile';

/** What people wrote to an incident, over what the data says of it. */
interface Written {
  readonly fields: IncidentFields;
  readonly lastModifiedTime: string;
  readonly comments: readonly (IncidentComment & { readonly id: string })[];
}

type AllWritten = ReadonlyMap<number, Written>;

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
  readonly #file: WrittenFile<AllWritten>;
  #written: AllWritten = new Map();

  private constructor(options: DeskOptions, incidents: readonly IncidentDetails[]) {
    this.#options = options;
    this.#original = new Map(incidents.map((details) => [details.incident.number, details]));
    this.#file = new WrittenFile<AllWritten>({
      file: options.file,
      what: 'What was written to incidents',
      empty: new Map(),
      read: readWritten,
      write: (written) => [...written],
    });
  }

  /** @throws HuntError `storage` when what was written before cannot be read. */
  static async open(options: DeskOptions, incidents: readonly IncidentDetails[]): Promise<IncidentDesk> {
    const desk = new IncidentDesk(options, incidents);
    desk.#written = await desk.#file.read();
    return desk;
  }

  list(): readonly Incident[] {
    return [...this.#original.keys()].map((number) => this.get(number).incident);
  }

  all(): readonly IncidentDetails[] {
    return [...this.#original.keys()].map((number) => this.get(number));
  }

  /** @throws HuntError `notFound`. */
  get(number: number): IncidentDetails {
    return this.#with(this.#written, number);
  }

  /** As the data has it, whatever people wrote. @throws HuntError `notFound`. */
  original(number: number): IncidentDetails {
    return this.#with(new Map(), number);
  }

  /** @throws HuntError `incidentConflict`, `refused` or `storage`; nothing is changed then. */
  async change(number: number, change: IncidentChange): Promise<Incident> {
    await this.#write(number, ({ incident }, before) => {
      const fields = mergeChange(incident, change);
      withFields(incident, fields);
      return { fields: { ...before.fields, ...fields }, comments: before.comments };
    });
    return this.get(number).incident;
  }

  /** @throws HuntError `refused` or `storage`. */
  async addComment(number: number, message: string): Promise<IncidentDetails> {
    checkComment(message);
    const { author, now } = this.#options;
    await this.#write(number, ({ comments }, before) => {
      if (comments.length >= MAX_COMMENTS) {
        throw new HuntError({ kind: 'refused', message: `Incident #${number} has ${MAX_COMMENTS} comments, the most it can have.` });
      }
      const added = { id: randomUUID(), author, createdTime: now().toISOString(), message };
      return { fields: before.fields, comments: [...before.comments, added] };
    });
    return this.get(number);
  }

  /** Comments that came with the data stay. @throws HuntError `notFound` or `storage`. */
  async deleteComment(number: number, commentId: string): Promise<IncidentDetails> {
    await this.#write(number, (_now, before) => {
      const comments = before.comments.filter(({ id }) => id !== commentId);
      if (comments.length === before.comments.length) throw new HuntError({ kind: 'notFound', what: 'comment', name: commentId });
      return { fields: before.fields, comments };
    });
    return this.get(number);
  }

  async #write(number: number, make: (now: IncidentDetails, before: Written) => Omit<Written, 'lastModifiedTime'>): Promise<void> {
    this.#written = await this.#file.change((written) => {
      const before = written.get(number) ?? { fields: {}, comments: [], lastModifiedTime: '' };
      const after = make(this.#with(written, number), before);
      return new Map(written).set(number, { ...after, lastModifiedTime: this.#options.now().toISOString() });
    });
  }

  #with(all: AllWritten, number: number): IncidentDetails {
    const details = this.#original.get(number);
    if (!details) throw new HuntError({ kind: 'notFound', what: 'incident', name: `#${number}` });
    const written = all.get(number);
    if (!written) return details;
    const comments = [...details.comments, ...written.comments];
    const incident = withFields({ ...details.incident, lastModifiedTime: written.lastModifiedTime }, written.fields);
    return { ...details, comments, incident: { ...incident, commentCount: details.incident.commentCount + written.comments.length } };
  }
}

/** Comments of files that were written before comments had ids: their times tell them apart. */
function readWritten(json: unknown): AllWritten {
  const entries = json as readonly (readonly [number, Omit<Written, 'comments'> & { readonly comments: readonly IncidentComment[] }])[];
  return new Map(
    entries.map(([number, written]) => [
      number,
      { ...written, comments: written.comments.map((comment) => ({ ...comment, id: comment.id ?? comment.createdTime })) },
    ]),
  );
}
