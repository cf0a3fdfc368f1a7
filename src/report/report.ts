import type { SavedResult } from '../common/savedResult';

/** A notebook with its results, as a report shows it. All texts are untrusted and are escaped where they are written. */
export interface Report {
  readonly title: string;
  /** File of the notebook. */
  readonly source: string;
  /** Shown at the head, in this order: when, where, with which parameters. */
  readonly facts: readonly ReportFact[];
  readonly parts: readonly ReportPart[];
}

export interface ReportFact {
  readonly name: string;
  readonly value: string;
}

export type ReportPart =
  | { readonly kind: 'markdown'; readonly source: string }
  | {
      readonly kind: 'code';
      /** Of the cell, from 1. */
      readonly number: number;
      readonly source: string;
      readonly outputs: readonly ReportOutput[];
    };

export type ReportOutput =
  | { readonly kind: 'note' | 'warning' | 'error' | 'text'; readonly text: string }
  | { readonly kind: 'result'; readonly saved: SavedResult }
  /** A script-free picture of a chart. */
  | { readonly kind: 'svg'; readonly svg: string }
  | { readonly kind: 'image'; readonly mime: 'image/png' | 'image/jpeg'; readonly base64: string };
