/** Follows a metrics.csv that grows: what was appended since a byte, or all of it when it is no longer the same text. */

import { createHash } from 'node:crypto';
import { wholeLinesLength } from './append-file.ts';

/** Whole lines of a metrics.csv, from a byte on. */
export interface MetricsTail {
  /** Where they begin: as asked, or 0 when the text before is not the one that was read. */
  readonly from: number;
  /** Where they end, which is where to ask from next. */
  readonly end: number;
  readonly bytes: Uint8Array;
  /**
   * Names the text that grows. The rows of a run are a function of its id, so the text before a byte is the same as long
   * as run id and columns are, even when a resumed run took rows back and wrote them again.
   */
  readonly edition: string;
}

/** How far a reader has come. */
export interface TailPosition {
  readonly from: number;
  readonly edition: string;
}

/** The whole lines of `file`, the bytes of metrics.csv of the run `runId`, after what a reader has; all without one. */
export function metricsTail(file: Uint8Array, runId: string, read?: TailPosition): MetricsTail {
  const end = wholeLinesLength(file);
  const header = file.subarray(0, file.indexOf(0x0a) + 1);
  const edition = createHash('sha256').update(`${runId}\n`).update(header).digest('hex').slice(0, 16);
  const goesOn =
    read !== undefined && read.edition === edition && read.from <= end && endsLine(file, read.from);
  const from = goesOn ? read.from : 0;
  return { from, end, bytes: file.subarray(from, end), edition };
}

function endsLine(file: Uint8Array, position: number): boolean {
  return position === 0 || file[position - 1] === 0x0a;
}
