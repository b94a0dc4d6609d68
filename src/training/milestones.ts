/**
 * When a run memorised and when it grokked: the times of Power et al. (2022, arXiv:2201.02177) made exact, once as a
 * pure function of finished curves and once as a tracker that a running training can ask after every evaluation.
 */

/** One evaluation: the optimiser step it was made at and the fraction of examples answered correctly (0 to 1). */
export interface AccuracyPoint {
  readonly step: number;
  readonly accuracy: number;
}

/** Accuracies by split, each in ascending order of step. Held-out means `test` if it has points, else `val`. */
export interface AccuracyCurves {
  readonly train: readonly AccuracyPoint[];
  readonly val: readonly AccuracyPoint[];
  readonly test?: readonly AccuracyPoint[];
}

/** What counts as memorised and as grokked. */
export interface MilestoneOptions {
  /** Train accuracy that counts as memorised. Default 0.99. */
  readonly memorizeThreshold?: number;
  /** Held-out accuracy that counts as generalised. Default 0.95. */
  readonly grokThreshold?: number;
  /** Consecutive held-out evaluations that must reach it, the first included. Default 3. */
  readonly grokPatience?: number;
}

/** Steps at which things happened; `null` means "not seen within the run", never "did not happen". */
export interface Milestones {
  /** First evaluation with train accuracy ≥ memorizeThreshold. */
  readonly memorized_step: number | null;
  /** First evaluation with held-out accuracy ≥ grokThreshold, however briefly. */
  readonly first_crossing_step: number | null;
  /** First of `grokPatience` consecutive held-out evaluations that are all ≥ grokThreshold. */
  readonly grokked_step: number | null;
  /** grokked_step − memorized_step, in steps; negative if held-out came first. */
  readonly delay: number | null;
  readonly memorized_censored: boolean;
  readonly grokked_censored: boolean;
  /** First step of the unbroken stretch ≥ grokThreshold the run ended in, when that is too short to count. */
  readonly unconfirmed_step: number | null;
  /** The last evaluation seen on any split: the budget at which a missing event is censored. */
  readonly last_step: number | null;
}

interface Thresholds {
  readonly memorize: number;
  readonly grok: number;
  readonly patience: number;
}

function thresholds(options: MilestoneOptions): Thresholds {
  const { memorizeThreshold = 0.99, grokThreshold = 0.95, grokPatience = 3 } = options;
  for (const [name, value] of Object.entries({ memorizeThreshold, grokThreshold })) {
    if (!(value > 0 && value <= 1)) {
      throw new RangeError(
        `milestones: ${name} must be above 0 and at most 1, got ${value}; accuracies are fractions`,
      );
    }
  }
  if (!(Number.isInteger(grokPatience) && grokPatience >= 1)) {
    throw new RangeError(
      `milestones: grokPatience must be a whole number of evaluations ≥ 1, got ${grokPatience}`,
    );
  }
  return { memorize: memorizeThreshold, grok: grokThreshold, patience: grokPatience };
}

/**
 * Finds the milestones of finished curves.
 *
 * A run is grokked at evaluation i when accuracies i … i + patience − 1 all exist and all reach the threshold. If the
 * run ends earlier, inside such a stretch, nothing was confirmed: `grokked_step` is null, the run is censored, and
 * `unconfirmed_step` says since when it had held. A later collapse does not undo a confirmed step. A non-finite
 * accuracy is an evaluation below every threshold. Curves may be empty.
 *
 * @throws RangeError if a threshold is outside (0, 1] or the patience is not a whole number ≥ 1.
 */
export function findMilestones(curves: AccuracyCurves, options: MilestoneOptions = {}): Milestones {
  const { memorize, grok, patience } = thresholds(options);
  const heldOut = curves.test?.length ? curves.test : curves.val;
  const reached = heldOut.map(({ accuracy }) => accuracy >= grok);

  const memorized = curves.train.find(({ accuracy }) => accuracy >= memorize);
  const confirmed = heldOut.findIndex(
    (_, i) => i + patience <= heldOut.length && reached.slice(i, i + patience).every(Boolean),
  );
  const stretch = reached.lastIndexOf(false) + 1;
  const lastSteps = [curves.train, curves.val, curves.test ?? []].flatMap(
    (curve) => curve.at(-1)?.step ?? [],
  );
  return describe({
    memorized: memorized?.step ?? null,
    firstCrossing: heldOut[reached.indexOf(true)]?.step ?? null,
    grokked: heldOut[confirmed]?.step ?? null,
    stretch: heldOut[stretch]?.step ?? null,
    last: lastSteps.length > 0 ? Math.max(...lastSteps) : null,
  });
}

interface Events {
  memorized: number | null;
  firstCrossing: number | null;
  grokked: number | null;
  stretch: number | null;
  last: number | null;
}

function describe({ memorized, firstCrossing, grokked, stretch, last }: Events): Milestones {
  return {
    memorized_step: memorized,
    first_crossing_step: firstCrossing,
    grokked_step: grokked,
    delay: memorized !== null && grokked !== null ? grokked - memorized : null,
    memorized_censored: memorized === null,
    grokked_censored: grokked === null,
    unconfirmed_step: grokked === null ? stretch : null,
    last_step: last,
  };
}

/** Follows one held-out curve in constant memory. */
class HeldOutProgress {
  firstCrossing: number | null = null;
  grokked: number | null = null;
  stretch: number | null = null;
  length = 0;

  observe(step: number, accuracy: number, { grok, patience }: Thresholds): void {
    if (!(accuracy >= grok)) {
      this.stretch = null;
      this.length = 0;
      return;
    }
    this.firstCrossing ??= step;
    this.stretch ??= step;
    this.length += 1;
    if (this.length >= patience) this.grokked ??= this.stretch;
  }
}

/** The accuracies of one evaluation, by split. */
export interface ObservedAccuracies {
  readonly train?: number;
  readonly val?: number;
  readonly test?: number;
}

/**
 * The same milestones, found while training. After any number of observations `state` equals `findMilestones` of the
 * curves observed so far; a resumed run gets there by observing the rows already written.
 */
export class MilestoneTracker {
  readonly #thresholds: Thresholds;
  readonly #val = new HeldOutProgress();
  readonly #test = new HeldOutProgress();
  #hasTest = false;
  #memorized: number | null = null;
  #last: number | null = null;

  /** @throws RangeError as `findMilestones` does. */
  constructor(options: MilestoneOptions = {}) {
    this.#thresholds = thresholds(options);
  }

  /**
   * Takes in the evaluation at `step`; splits that were not evaluated are left out.
   * @throws RangeError if `step` does not come after the previous one.
   */
  observe(step: number, accuracies: ObservedAccuracies): void {
    if (!(step > (this.#last ?? Number.NEGATIVE_INFINITY))) {
      throw new RangeError(
        `MilestoneTracker.observe: steps must increase, got ${step} after ${this.#last}; use a new tracker for a new run`,
      );
    }
    const { train, val, test } = accuracies;
    if (train === undefined && val === undefined && test === undefined) return;
    this.#last = step;
    if (train !== undefined && train >= this.#thresholds.memorize) this.#memorized ??= step;
    if (val !== undefined) this.#val.observe(step, val, this.#thresholds);
    if (test !== undefined) {
      this.#hasTest = true;
      this.#test.observe(step, test, this.#thresholds);
    }
  }

  get state(): Milestones {
    const { firstCrossing, grokked, stretch } = this.#hasTest ? this.#test : this.#val;
    return describe({ memorized: this.#memorized, firstCrossing, grokked, stretch, last: this.#last });
  }
}
