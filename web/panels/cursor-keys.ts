/** What a key does to the time cursor: the same in every chart over time. */

/** The evaluated steps, ascending, and the one that is shown. */
export interface CursorPlace {
  readonly steps: readonly number[];
  readonly shown: number;
}

/** How many evaluations Page Up and Page Down skip. */
const PAGE = 10;

/**
 * Where the cursor goes; `latest` follows the run again, undefined for a key that is not meant for it.
 * Arrows move by one evaluation, Page Up and Page Down by ten, Home to the first; End and Escape follow the latest.
 */
export function cursorAfter(key: string, { steps, shown }: CursorPlace): number | 'latest' | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -PAGE,
    PageUp: PAGE,
  };
  if (steps.length === 0) return undefined;
  if (key === 'Home') return steps[0];
  if (key === 'End' || key === 'Escape') return 'latest';
  const by = moves[key];
  if (by === undefined) return undefined;
  const at = indexAt(steps, shown);
  // Between two evaluations the one before is shown: going back goes to the one before that.
  return steps[Math.min(steps.length - 1, Math.max(0, at + by))];
}

/** The index of the latest of the ascending steps at or before `step`; 0 where there is none. */
export function indexAt(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The nearest of the ascending steps. */
export function nearestStep(steps: readonly number[], step: number): number | undefined {
  const at = indexAt(steps, step);
  const [before, after] = [steps[at], steps[at + 1]];
  return after !== undefined && after - step < step - before ? after : before;
}
