/** The process of a hand: performs one run after another, and ends when whoever started it is gone. */

import type { FromProcess, ToProcess } from './messages.ts';
import { performRun } from './perform-run.ts';

/** Milliseconds between two words about steps. */
const STEP_SPACING = 100;

const stop = new AbortController();

function tell(message: FromProcess): void {
  if (process.connected) process.send?.(message);
}

// Ctrl-C in a terminal reaches every process of it; the pool decides what it means.
process.on('SIGINT', () => {});
// Files are written whole or not at all, so that the end may come at any moment between two steps.
process.on('disconnect', () => process.exit(0));

process.on('message', (message: ToProcess) => {
  if (message.say === 'stop') {
    stop.abort();
    return;
  }
  let told = Number.NEGATIVE_INFINITY;
  const onStep = (step: number) => {
    const now = performance.now();
    if (now - told < STEP_SPACING) return;
    told = now;
    tell({ say: 'step', step });
  };
  performRun(message.job, { signal: stop.signal, onStep }).then(
    (end) => tell({ say: 'end', end }),
    (error) =>
      tell({ say: 'error', text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
