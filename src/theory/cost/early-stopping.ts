/**
 * What early stopping would have lost: the rule by which training is usually ended (Prechelt 1998, “Early stopping, but when?”)
 * ends it before it groks, because for a long time validation gets no better, or worse.
 */

/** A watched value at an evaluation. */
export interface Watched {
  readonly step: number;
  readonly value: number;
}

/** When training is ended. */
export interface StoppingRule {
  /** Whether the watched value is to rise (accuracy) or to fall (loss). */
  readonly better: 'higher' | 'lower';
  /** Evaluations without a new best after which training is stopped. */
  readonly patience: number;
}

/** What the rule would have done. */
export interface Stop {
  /** Where the rule ends training. */
  readonly step: number;
  /** Of the best value seen by then: the weights that are usually gone back to. */
  readonly bestStep: number;
}

/**
 * Where the rule would have ended a training, of which every evaluation is known; null where it never would have. A value that is
 * not finite is no best; equal is not better.
 */
export function earlyStop(evaluations: readonly Watched[], { better, patience }: StoppingRule): Stop | null {
  let best: Watched | undefined;
  let since = 0;
  for (const evaluation of evaluations) {
    const { value } = evaluation;
    const improves = best === undefined || (better === 'higher' ? value > best.value : value < best.value);
    if (Number.isFinite(value) && improves) {
      best = evaluation;
      since = 0;
    } else if (best !== undefined && ++since >= patience) {
      return { step: evaluation.step, bestStep: best.step };
    }
  }
  return null;
}
