/** Performs runs in a given order with several hands at a time; a hand that is lost is replaced and its run gone on with. */

import { type Hand, HandLost } from './hand.ts';
import type { JobEnd, RunJob } from './perform-run.ts';

/** How often a run is gone on with after its process has died. */
const MOST_REPLACEMENTS = 2;

export interface PoolOptions<Run> {
  /** Hands at a time. */
  readonly jobs: number;
  readonly hire: () => Hand;
  readonly jobOf: (run: Run) => RunJob;
  /** When aborted, the runs at hand end with a checkpoint and no other begins. */
  readonly signal: AbortSignal;
  readonly onStep?: (run: Run, step: number) => void;
  readonly onLost?: (run: Run, reason: string) => void;
  /** After each run that was not interrupted; what it throws stops the pool. */
  readonly onEnd: (run: Run, end: JobEnd) => void;
}

/** Runs whose process died each time, and why. */
export interface GivenUp<Run> {
  readonly run: Run;
  readonly reason: string;
}

/** @throws the first error of a hand or of `onEnd`, once all hands have stopped */
export async function performAll<Run>(
  runs: readonly Run[],
  options: PoolOptions<Run>,
): Promise<readonly GivenUp<Run>[]> {
  const { jobs, hire, jobOf, signal, onStep, onLost, onEnd } = options;
  const waiting = [...runs];
  const hands = new Set<Hand>();
  const givenUp: GivenUp<Run>[] = [];
  let failure: { error: unknown } | undefined;
  const stopAll = () => {
    for (const hand of hands) hand.stop();
  };
  signal.addEventListener('abort', stopAll);
  const over = () => signal.aborted || failure !== undefined;

  const hired = () => {
    const hand = hire();
    hands.add(hand);
    return hand;
  };
  const letGo = (hand: Hand) => {
    hands.delete(hand);
    hand.dismiss();
  };
  const work = async () => {
    let hand: Hand | undefined;
    for (let run = waiting.shift(); run !== undefined && !over(); run = waiting.shift()) {
      for (let lost = 0; !over(); ) {
        hand ??= hired();
        const current = run;
        try {
          const end = await hand.perform(jobOf(current), (step) => onStep?.(current, step));
          if (end.kind !== 'interrupted') onEnd(current, end);
          break;
        } catch (error) {
          if (!(error instanceof HandLost)) throw error;
          letGo(hand);
          hand = undefined;
          lost += 1;
          onLost?.(current, error.message);
          if (lost > MOST_REPLACEMENTS) {
            givenUp.push({ run: current, reason: error.message });
            break;
          }
        }
      }
    }
  };
  const worker = async () => {
    try {
      await work();
    } catch (error) {
      failure ??= { error };
      stopAll();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, runs.length) }, worker));
  } finally {
    signal.removeEventListener('abort', stopAll);
    for (const hand of hands) hand.dismiss();
  }
  if (failure !== undefined) throw failure.error;
  return givenUp;
}
