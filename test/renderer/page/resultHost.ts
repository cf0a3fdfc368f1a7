import { localChartData } from '../../../src/common/charts/localChartData';
import { type Cut, MAX_CELL_CHARS, type Page, type ReadPage, type View } from '../../../src/common/engineProtocol';
import type { KqlType, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { FromRenderer, Question, ToRenderer } from '../../../src/common/rendererProtocol';
import type { ColumnRows } from '../../../src/common/resultViews';
import type { TableData } from './data';

/** How the host misbehaves, changed by tests while it runs. */
export interface HostMood {
  /** Milliseconds before an answer; -1 holds answers back until {@link ResultHost.release}. */
  delayMs: number;
  /** Page reads that fail before they work again. */
  failures: number;
}

/** The extension host's side of the protocol, over rows in memory. */
export class ResultHost {
  readonly mood: HostMood = { delayMs: 0, failures: 0 };
  /** Everything renderers sent, in order. */
  readonly received: FromRenderer[] = [];
  readonly #results = new Map<string, TableData>();
  readonly #orders = new Map<string, Uint32Array>();
  readonly #send: (message: ToRenderer) => void;
  /** What files remember of how results are looked at, by result id. */
  readonly states = new Map<string, unknown>();
  /** Answers in place of this host, when there is one: the real result store. */
  store: ((message: FromRenderer) => Promise<ToRenderer | undefined>) | undefined;
  #held: (() => void)[] = [];

  constructor(send: (message: ToRenderer) => void) {
    this.#send = send;
  }

  hold(resultId: string, data: TableData): void {
    this.#results.set(resultId, data);
    this.#orders.clear();
  }

  /** Forgets results, as a restart of the engine does. */
  forget(resultIds: readonly string[]): void {
    for (const id of resultIds) this.#results.delete(id);
    this.#send({ type: 'gone', resultIds });
  }

  /** Lets held answers go, newest first when `reversed`. */
  release(reversed = false): void {
    const held = this.#held;
    this.#held = [];
    for (const answer of reversed ? held.reverse() : held) answer();
  }

  receive(message: FromRenderer): void {
    this.received.push(message);
    if (message.type === 'keepState') this.states.set(message.resultId, message.state);
    if (!('requestId' in message)) return;
    if (this.store && message.type !== 'recallState') {
      void this.store(message).then((answer) => answer && this.#send(answer));
      return;
    }
    const answer = this.#answer(message);
    const send = (): void => {
      this.#send(JSON.parse(JSON.stringify(answer)) as ToRenderer);
    };
    if (this.mood.delayMs < 0) this.#held.push(send);
    else setTimeout(send, this.mood.delayMs);
  }

  #answer(message: Extract<FromRenderer, { requestId: string }>): ToRenderer {
    const { requestId } = message;
    if (message.type === 'ask') return this.#answerQuestion(requestId, message.question);
    if (message.type === 'recallState') return { type: 'recalled', requestId, state: this.states.get(message.resultId) ?? null };
    if (message.type === 'attach') return { type: 'attached', requestId, live: this.#results.has(message.resultId) };
    const data = this.#results.get(message.read.resultId);
    if (!data) return gone(requestId, message.read.resultId);
    if (this.mood.failures > 0) {
      this.mood.failures -= 1;
      return failed(requestId, 'The disk is on fire.');
    }
    if (message.type === 'readPage') return { type: 'page', requestId, page: this.#page(data, message.read) };
    const { row, column, view, resultId } = message.read;
    return { type: 'value', requestId, value: data.value(this.#order(resultId, data, view)[row] ?? 0, column) };
  }

  /** Of the questions, those for whole columns and for charts. */
  #answerQuestion(requestId: string, { method, argument }: Question): ToRenderer {
    const data = this.#results.get(argument.resultId);
    if (method === 'readChart' && data) {
      const order = this.#order(argument.resultId, data, argument.view);
      const rows = [...order].map((row) => data.columns.map((_, column) => data.value(row, column)));
      return { type: 'answer', requestId, answer: localChartData(data.columns, rows, argument) };
    }
    if (!data) return gone(requestId, argument.resultId);
    if (method !== 'readColumns') return failed(requestId, `This page does not answer ${method}.`);
    const order = this.#order(argument.resultId, data, argument.view);
    const stored = [...order.subarray(argument.offset, argument.offset + argument.count)];
    const columns = argument.columns.map((column) => data.columns[column]!);
    const rows = stored.map((row) => argument.columns.map((column) => data.value(row, column)));
    return { type: 'answer', requestId, answer: { columns, rows, total: order.length } satisfies ColumnRows };
  }

  #page(data: TableData, read: ReadPage): Page {
    const order = this.#order(read.resultId, data, read.view);
    const stored = [...order.subarray(read.offset, read.offset + read.count)];
    return pageOf(data, stored, read.offset, order.length);
  }

  #order(resultId: string, data: TableData, view: View): Uint32Array {
    const key = JSON.stringify([resultId, view]);
    const known = this.#orders.get(key);
    if (known) return known;
    const order = arrange(data, view);
    this.#orders.set(key, order);
    return order;
  }
}

function gone(requestId: string, resultId: string): ToRenderer {
  return { type: 'failed', requestId, error: { kind: 'resultGone', resultId }, text: 'The rows are no longer held.' };
}

function failed(requestId: string, message: string): ToRenderer {
  return { type: 'failed', requestId, error: { kind: 'internal', message }, text: message };
}

/** Rows by their stored numbers, with long values cut as the engine cuts them. */
export function pageOf(data: TableData, stored: readonly number[], offset: number, total: number): Page {
  const cuts: Cut[] = [];
  const rows = stored.map((number, row): WireRow =>
    data.columns.map((_, column) => {
      const value = data.value(number, column);
      if (typeof value !== 'string' || value.length <= MAX_CELL_CHARS) return value;
      cuts.push({ row, column, fullLength: value.length });
      return value.slice(0, MAX_CELL_CHARS);
    }),
  );
  return { offset, rows, total, cuts };
}

function arrange(data: TableData, view: View): Uint32Array {
  const needle = view.filter.toLowerCase();
  const kept: number[] = [];
  for (let row = 0; row < data.rowCount; row += 1) if (needle === '' || matches(data, row, needle)) kept.push(row);
  const keys = view.sort.map(({ column, descending }) => {
    const type = data.columns[column]!.type;
    const values = Array.from({ length: data.rowCount }, (_, row) => sortable(data.value(row, column), type));
    return { values, sign: descending ? -1 : 1 };
  });
  if (keys.length > 0) {
    kept.sort((a, b) => {
      for (const { values, sign } of keys) {
        const left = values[a]!;
        const right = values[b]!;
        if (left < right) return -sign;
        if (left > right) return sign;
      }
      return a - b;
    });
  }
  return Uint32Array.from(kept);
}

function matches(data: TableData, row: number, needle: string): boolean {
  return data.columns.some((_, column) => {
    const value = data.value(row, column);
    return value !== null && String(value).toLowerCase().includes(needle);
  });
}

/** Nulls first; text by code units; numbers by size. */
function sortable(value: WireValue, type: KqlType): number | string {
  const textual = type === 'string' || type === 'datetime' || type === 'timespan' || type === 'guid' || type === 'dynamic';
  if (textual) return value === null ? '' : `\u0001${String(value)}`;
  return value === null ? -Infinity : Number(value);
}
