/** timing.csv: the wall clock of a run, apart from its metrics, so that those are the same on every machine. */

import { formatNumber, splitLines } from './csv.ts';

/** One row of timing.csv. */
export interface TimingRow {
  readonly step: number;
  /** Seconds of training since the run began, without the time between interruption and resumption. */
  readonly seconds: number;
  readonly steps_per_second: number;
}

export const timingColumns: readonly string[] = ['step', 'seconds', 'steps_per_second'];

/** One line of timing.csv with its line feed. */
export function formatTiming({ step, seconds, steps_per_second }: TimingRow): string {
  return `${[step, seconds, steps_per_second].map(formatNumber).join(',')}\n`;
}

/** The rows of timing.csv; a torn last line is left out. */
export function readTiming(text: string): TimingRow[] {
  return splitLines(text)
    .lines.slice(1)
    .map((line) => {
      const [step, seconds, steps_per_second] = line.split(',').map(Number);
      return { step, seconds, steps_per_second };
    });
}
