/**
 * The phases of a run, decided from its measures by stated rules, evaluation after evaluation: memorisation, circuit formation
 * and clean-up after Nanda et al. (2023, arXiv:2301.05217), and the waiting between the first two. Nothing that comes later changes
 * what was decided before, so that a run that is still growing has the phases it will have at its end.
 */

export type PhaseName = 'memorising' | 'waiting' | 'circuit formation' | 'clean-up';

/** What the rules read of one evaluation; what a run has not measured is undefined. Accuracies and shares are 0 to 1. */
export interface PhaseEvidence {
  readonly step: number;
  readonly trainAccuracy?: number | undefined;
  readonly heldOutAccuracy?: number | undefined;
  readonly weightNorm?: number | undefined;
  /** Share of gauge-free power in functions of the answer alone (docs/measures.md#spectrum). */
  readonly diagonalShare?: number | undefined;
}

/** From its first evaluation to the first of the next phase, or to the latest evaluation. */
export interface Phase {
  readonly name: PhaseName;
  readonly from: number;
  readonly to: number;
}

/** How far the diagonal share must rise above what it was at memorisation: well above its noise between evaluations. */
const RISE = 0.1;
/** How far the weight norm must fall below its peak to be falling: AdamW's own ripple is smaller. */
const FALL = 0.02;

/** Each rule in words, in the order in which phases can follow one another. None comes back, some may be skipped. */
export const phaseRules: Readonly<Record<PhaseName, string>> = {
  memorising: 'from the first step, while train accuracy is below the threshold (99 % by default)',
  waiting: 'once train accuracy has reached it',
  'circuit formation':
    'once the share of the diagonal is 0.1 above what it was at memorisation, or held-out accuracy has come half of the way from there to 100 %',
  'clean-up':
    'once both half of that way is done and the weight norm is 2 % below its peak since memorisation',
};

const order = Object.keys(phaseRules) as PhaseName[];

/** Follows one run. */
export class PhaseTracker {
  readonly #threshold: number;
  readonly #begins: { name: PhaseName; from: number }[] = [];
  #last = 0;
  #memorised = false;
  #accuracyThen: number | undefined;
  #shareThen: number | undefined;
  /** The latest that was measured. */
  #share: number | undefined;
  #peak = 0;
  #halfway = false;

  /** @param memorizeThreshold train accuracy that counts as memorised */
  constructor(memorizeThreshold = 0.99) {
    this.#threshold = memorizeThreshold;
  }

  /** Takes in the next evaluation; steps ascend. */
  observe(evidence: PhaseEvidence): void {
    this.#last = evidence.step;
    if (this.#begins.length === 0) this.#begins.push({ name: 'memorising', from: evidence.step });
    const name = this.#ruled(evidence);
    const current = this.#begins.at(-1)?.name ?? 'memorising';
    if (order.indexOf(name) <= order.indexOf(current)) return;
    // A phase that is over at the evaluation it began at was none: what is solved from the start is never memorised.
    if (this.#begins.at(-1)?.from === evidence.step) this.#begins.pop();
    this.#begins.push({ name, from: evidence.step });
  }

  /** The phases so far, in order and without gaps. */
  get phases(): Phase[] {
    return this.#begins.map(({ name, from }, i) => ({
      name,
      from,
      to: this.#begins[i + 1]?.from ?? this.#last,
    }));
  }

  #ruled({ trainAccuracy = 0, heldOutAccuracy, weightNorm, diagonalShare }: PhaseEvidence): PhaseName {
    if (!this.#memorised && trainAccuracy >= this.#threshold) {
      this.#memorised = true;
      this.#accuracyThen = heldOutAccuracy;
      // A measure that is not taken at every evaluation has the value it had last.
      this.#shareThen = diagonalShare ?? this.#share;
      this.#peak = 0;
    }
    this.#accuracyThen ??= heldOutAccuracy;
    if (this.#memorised) this.#shareThen ??= diagonalShare;
    this.#share = diagonalShare ?? this.#share;
    this.#peak = Math.max(this.#peak, weightNorm ?? 0);
    const start = this.#accuracyThen ?? 0;
    if (heldOutAccuracy !== undefined && heldOutAccuracy > start && heldOutAccuracy >= (1 + start) / 2) {
      this.#halfway = true;
    }
    const hasFallen = weightNorm !== undefined && weightNorm <= (1 - FALL) * this.#peak;
    if (this.#halfway && hasFallen) return 'clean-up';
    if (this.#halfway) return 'circuit formation';
    if (!this.#memorised) return 'memorising';
    const risen = diagonalShare !== undefined && diagonalShare >= (this.#shareThen ?? diagonalShare) + RISE;
    return risen ? 'circuit formation' : 'waiting';
  }
}

/** The phases of a finished run. */
export function phasesOf(evidence: readonly PhaseEvidence[], memorizeThreshold?: number): Phase[] {
  const tracker = new PhaseTracker(memorizeThreshold);
  for (const one of evidence) tracker.observe(one);
  return tracker.phases;
}

/** The phase at a step: the latest that has begun. */
export function phaseAt(phases: readonly Phase[], step: number): Phase | undefined {
  return phases.findLast(({ from }) => from <= step) ?? phases[0];
}
