/**
 * The analytic test: what the simulation has to show to count as grokking by norm minimisation (Musat, arXiv:2511.01938), as four
 * statements that were fixed before it runs.
 */

import type { Observation } from './observation.ts';

/** A statement, and whether the simulation shows it. */
export interface Assertion {
  readonly name:
    | 'train_loss_stays_near_zero'
    | 'held_out_accuracy_rises_late'
    | 'fourier_norms_equalise'
    | 'parts_become_orthogonal';
  readonly statement: string;
  /** Undefined where it cannot be asked: tokens that have no frequencies. */
  readonly holds: boolean | undefined;
  readonly seen: string;
}

/** The four statements and the times that belong to them. */
export interface AnalyticVerdict {
  /** Whether all that could be asked holds. */
  readonly holds: boolean;
  readonly assertions: readonly Assertion[];
  /** First observed step with held-out accuracy of at least ½. */
  readonly half_step: number | null;
  /** First observed step with held-out accuracy of at least 0.99. */
  readonly understood_step: number | null;
}

/** In the limit the solved last layer leaves rounding only. */
const NEAR_ZERO = 1e-20;
/** With a ridge, the part of the labels' variance that may remain. */
const RIDGE_SHARE = 0.01;
const UNDERSTOOD = 0.99;
/** At half the step at which ½ is crossed, a late rise has not begun. */
const NOT_YET = 0.25;
/** ‖Re‖/‖Im‖ may differ from 1 by this much; 0.975 to 1.017 are seen at p = 37. */
const RATIO_SLACK = 0.05;
/** Mean |cos|; 0.009 is seen at p = 37. */
const ORTHOGONAL = 0.03;

/**
 * Judges a simulation.
 * @param observations in order of step, the first at step 0
 */
export function analyticVerdict(
  observations: readonly Observation[],
  { ridge, classes }: { ridge: number; classes: number },
): AnalyticVerdict {
  const first = observations[0] as Observation;
  const last = observations[observations.length - 1] as Observation;
  const half = firstReaching(observations, 0.5);
  const understood = firstReaching(observations, UNDERSTOOD);
  const bound = ridge === 0 ? NEAR_ZERO : (RIDGE_SHARE * (classes - 1)) / classes ** 2;
  const largest = Math.max(...observations.map(({ train }) => train.loss));
  const before = observations.filter(({ step }) => half !== null && 2 * step <= half);
  const early = Math.max(0, ...before.map(({ heldOut }) => heldOut.accuracy));
  const stays = last.heldOut.accuracy >= UNDERSTOOD;
  const [ratio0, ratio1] = [first, last].map(ratioSpread);
  const [cos0, cos1] = [first, last].map(meanCosine);
  const assertions: Assertion[] = [
    {
      name: 'train_loss_stays_near_zero',
      statement: `the mean squared error on the train examples never exceeds ${bound.toPrecision(1)}`,
      holds: largest < bound,
      seen: `at most ${largest.toExponential(1)}`,
    },
    {
      name: 'held_out_accuracy_rises_late',
      statement: `held-out accuracy is below ${NOT_YET} at half the step at which it crosses ½, and ends at ${UNDERSTOOD} or more`,
      holds: half !== null && half > 0 && early < NOT_YET && stays,
      seen:
        half === null
          ? `never ½, ${percent(last.heldOut.accuracy)} at step ${last.step}`
          : `½ at step ${half}, at most ${percent(early)} by half of that, ${percent(last.heldOut.accuracy)} at step ${last.step}`,
    },
    {
      name: 'fourier_norms_equalise',
      statement: `‖Re F_k‖/‖Im F_k‖ comes nearer to 1 and ends within ${RATIO_SLACK} of it for every k`,
      holds:
        ratio0 === undefined || ratio1 === undefined ? undefined : ratio1 < RATIO_SLACK && ratio1 < ratio0,
      seen:
        ratio1 === undefined
          ? 'no frequencies'
          : `off by at most ${ratio0?.toFixed(3)} at first, ${ratio1.toFixed(3)} at the end`,
    },
    {
      name: 'parts_become_orthogonal',
      statement: `the mean over k of |cos(Re F_k, Im F_k)| falls and ends below ${ORTHOGONAL}`,
      holds: cos0 === undefined || cos1 === undefined ? undefined : cos1 < ORTHOGONAL && cos1 < cos0,
      seen:
        cos1 === undefined ? 'no frequencies' : `${cos0?.toFixed(3)} at first, ${cos1.toFixed(3)} at the end`,
    },
  ];
  return {
    holds: assertions.every(({ holds }) => holds !== false),
    assertions,
    half_step: half,
    understood_step: understood,
  };
}

/** First observed step with at least this held-out accuracy. */
export function firstReaching(observations: readonly Observation[], accuracy: number): number | null {
  return observations.find(({ heldOut }) => heldOut.accuracy >= accuracy)?.step ?? null;
}

/** Largest distance of ‖Re F_k‖/‖Im F_k‖ from 1. */
export function ratioSpread({ circles }: Observation): number | undefined {
  if (circles === undefined) return undefined;
  const { realNorms, imaginaryNorms } = circles;
  return realNorms.reduce(
    (most, re, k) => Math.max(most, Math.abs(re / (imaginaryNorms[k] as number) - 1)),
    0,
  );
}

/** Mean over k of |cos(Re F_k, Im F_k)|. */
export function meanCosine({ circles }: Observation): number | undefined {
  if (circles === undefined) return undefined;
  const { cosines } = circles;
  return cosines.reduce((sum, cos) => sum + Math.abs(cos), 0) / cosines.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
