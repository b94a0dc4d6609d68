/**
 * Stability (Musat, arXiv:2511.01938): for every ε some λ keeps the whole trajectory of gradient flow within ε of 𝓩. Here: the
 * largest distance seen along the flow from one point of 𝓩, for several λ, with its power law in λ.
 *
 * Across the set decay −λθ and loss balance at r = −λ J⁺ᵀθ, which is the distance λ‖J⁺J⁺ᵀθ‖ to first order; so the exponent is 1
 * wherever J keeps its rank.
 */

import { checkDecay, gradientFlow } from './gradient-flow.ts';
import { dormandPrince } from './integrators/dormand-prince.ts';
import { growingTimes } from './integrators/flow.ts';
import { rungeKutta4 } from './integrators/runge-kutta-4.ts';
import { fastestRate } from './integrators/stability-limit.ts';
import { distanceToZero } from './nearest-zero.ts';
import { fitPowerLaw, type PowerLaw } from './power-law.ts';
import { TheoryError } from './refusal.ts';
import type { ResidualMap } from './residual-map.ts';
import { norm as normOf } from './vectors.ts';

/** Which λ, and how the flow is followed. */
export interface StabilityOptions {
  /** λ > 0. */
  readonly decays: readonly number[];
  /** How long each is followed, in units of 1/λ: the norm can shrink by e^(−2·horizon). Default 1. */
  readonly horizon?: number;
  /** Times at which the distance is taken. Default 24. */
  readonly seen?: number;
  /** Fixed steps of Runge–Kutta of this length. Default: adaptive ones. */
  readonly step?: number;
  /** Told before each λ. */
  readonly onDecay?: (decay: number) => void;
}

/** The flow for one λ as it was seen. */
export interface StabilityTrajectory {
  readonly decay: number;
  readonly times: readonly number[];
  readonly distance: readonly number[];
  readonly norm: readonly number[];
  readonly loss: readonly number[];
  readonly largest: number;
  /** Times at which the distance is only a bound from above (kinks). */
  readonly bounds: number;
  /** When the distance was largest. */
  readonly largestAt: number;
  /** λ‖J⁺J⁺ᵀq‖ at the nearest point q then: the distance to first order in λ. */
  readonly firstOrder: number;
}

/** The trajectories of all λ, and how the largest distance depends on it. */
export interface Stability {
  readonly trajectories: readonly StabilityTrajectory[];
  /** Largest distance over λ. */
  readonly law: PowerLaw;
}

/** Shortest step, in units of the fastest time constant: with ReLU the flow slides along kinks, where no step is short enough. */
const SHORTEST = 0.5;
/** The rest of the flow is slower than its first sight by far more than this tolerance shows. */
const TOLERANCES = { relative: 1e-7, absolute: 1e-10 };

/**
 * Follows the flow from `start`, a point of zero loss, for each λ.
 * @throws TheoryError for a λ that is not above 0, an unstable step, or a point too far from 𝓩 to be projected
 */
export function stability(map: ResidualMap, start: Float64Array, options: StabilityOptions): Stability {
  const { decays, onDecay } = options;
  for (const decay of decays) {
    checkDecay(decay);
    if (decay === 0)
      throw new TheoryError(
        'stability is about λ above 0, got 0: without decay the flow rests where it starts',
      );
  }
  const trajectories = decays.map((decay) => {
    onDecay?.(decay);
    return follow(map, start, decay, options);
  });
  const law = fitPowerLaw(
    decays,
    trajectories.map(({ largest }) => largest),
  );
  return { trajectories, law };
}

function follow(
  map: ResidualMap,
  start: Float64Array,
  decay: number,
  { horizon = 1, seen = 24, step }: StabilityOptions,
): StabilityTrajectory {
  const last = horizon / decay;
  const times = growingTimes(Math.min(0.03, last / 10), last, seen);
  const [distance, norm, loss]: number[][] = [[], [], []];
  let bounds = 0;
  let near = Float64Array.from(start);
  let [largest, largestAt, firstOrder] = [-1, 0, 0];
  const gradient = new Float64Array(map.parameters);
  const visit = (time: number, theta: Float64Array) => {
    const nearest = distanceToZero(map, theta, { near });
    near = Float64Array.from(nearest.point);
    if (!nearest.exact) bounds++;
    distance.push(nearest.distance);
    norm.push(normOf(theta));
    loss.push(map.gradient(theta, gradient));
    if (nearest.distance <= largest) return;
    [largest, largestAt] = [nearest.distance, time];
    const r = nearest.rowSpace.transposedPseudoInverse(nearest.point);
    firstOrder = decay * normOf(nearest.rowSpace.pseudoInverse(r));
  };
  const flow = gradientFlow(map, decay, start, times);
  if (step === undefined) {
    // An adaptive step is short wherever it must be; looking at the objective would cost a pass more.
    const shortest = SHORTEST / fastestRate(flow.field, start);
    dormandPrince(flow, { ...TOLERANCES, shortest }, visit);
  } else rungeKutta4(flow, step, visit);
  return { decay, times, distance, norm, loss, bounds, largest, largestAt, firstOrder };
}
