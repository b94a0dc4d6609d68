/**
 * The adaptive Runge–Kutta pair of orders 5 and 4 by Dormand and Prince (1980), the step controlled by the difference of the
 * two and the solution of order 5 kept; the last stage of a step is the first of the next.
 */

import { TheoryError } from '../refusal.ts';
import type { Flow, Visit } from './flow.ts';

/** How exact, and how long. */
export interface AdaptiveOptions {
  /** Error a step may add, against the size of each component. Default 1e-9. */
  readonly relative?: number;
  /** The same for components near 0. Default 1e-12. */
  readonly absolute?: number;
  /**
   * Steps this short count whatever their error: at a kink of the field (ReLU) no step is short enough, and a flow that slides
   * along one would stand still. Default 0.
   */
  readonly shortest?: number;
  /** Default 2,000,000. */
  readonly mostSteps?: number;
}

/** What following a flow took. */
export interface AdaptiveEffort {
  readonly accepted: number;
  readonly rejected: number;
  readonly evaluations: number;
}

/** a[i][j] of the Butcher tableau; the last row is also the weights of order 5. */
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
] as const;

/** Weights of order 5 minus those of order 4. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40] as const;

const SAFETY = 0.9;
const LEAST_CHANGE = 0.2;
const MOST_CHANGE = 5;
/** Below this share of the time reached, adding the step changes nothing. */
const SMALLEST_STEP = 1e-14;

/** One step of the pair, with the arrays it needs for states of one size. */
export class DormandPrinceStep {
  /** Slopes of the stages; k[0] is set by the caller, k[6] is the slope at `next`. */
  readonly k: Float64Array[];
  /** The solution of order 5 after the step. */
  readonly next: Float64Array;

  constructor(n: number) {
    this.k = Array.from({ length: 7 }, () => new Float64Array(n));
    this.next = new Float64Array(n);
  }

  /** Fills `next`, given k[0]. @returns the difference to order 4, as a multiple of what is allowed */
  try(field: Flow['field'], state: Float64Array, h: number, relative: number, absolute: number): number {
    const { k, next } = this;
    for (let stage = 1; stage < 7; stage++) {
      const row = A[stage];
      for (let i = 0; i < state.length; i++) {
        let sum = 0;
        for (let j = 0; j < stage; j++) sum += row[j] * k[j][i];
        next[i] = state[i] + h * sum;
      }
      field(next, k[stage]);
    }
    let squares = 0;
    for (let i = 0; i < state.length; i++) {
      let difference = 0;
      for (let j = 0; j < 7; j++) difference += ERROR[j] * k[j][i];
      const allowed = absolute + relative * Math.max(Math.abs(state[i]), Math.abs(next[i]));
      squares += ((h * difference) / allowed) ** 2;
    }
    return Math.sqrt(squares / state.length);
  }
}

/**
 * Follows a flow with steps as long as the tolerances allow; steps past stability show as errors and are repeated shorter.
 * @throws TheoryError where steps become too short (a flow that blows up, or is not finite) or too many
 */
export function dormandPrince(flow: Flow, options: AdaptiveOptions, visit: Visit): AdaptiveEffort {
  const { relative = 1e-9, absolute = 1e-12, shortest = 0, mostSteps = 2_000_000 } = options;
  const { field, start, times } = flow;
  const state = Float64Array.from(start);
  const stages = new DormandPrinceStep(state.length);
  field(state, stages.k[0]);
  let step = firstStep(state, stages.k[0], relative, absolute);
  const effort = { accepted: 0, rejected: 0, evaluations: 1 };
  let time = 0;
  for (const target of times) {
    while (time < target) {
      const rest = target - time;
      const last = step >= rest * (1 - 1e-12);
      // Two halves rather than a whole step and a sliver.
      const h = last ? rest : Math.min(step, rest / (rest < 2 * step ? 2 : 1));
      const error = stages.try(field, state, h, relative, absolute);
      effort.evaluations += 6;
      const enough = error <= 1 || (h <= shortest && Number.isFinite(error));
      const change = error > 0 ? SAFETY * error ** -0.2 : MOST_CHANGE;
      if (enough) {
        state.set(stages.next);
        stages.k[0].set(stages.k[6]);
        time = last ? target : time + h;
        effort.accepted++;
        // A step cut short by a time to be seen says little about the next.
        step = Math.max(last ? step : 0, shortest, h * Math.min(MOST_CHANGE, Math.max(LEAST_CHANGE, change)));
      } else {
        effort.rejected++;
        const shorter = Number.isFinite(error)
          ? Math.max(LEAST_CHANGE, Math.min(change, SAFETY))
          : LEAST_CHANGE;
        step = Number.isFinite(error) ? Math.max(h * shorter, Math.min(shortest, h)) : h * shorter;
      }
      if (!(step > SMALLEST_STEP * time) || step < Number.MIN_VALUE * 1e10) throw tooShort(time);
      if (effort.accepted + effort.rejected > mostSteps) throw tooMany(time, target, mostSteps);
    }
    visit(target, state);
  }
  return effort;
}

/** A step that changes the state by about a hundredth of what the tolerance of order 5 sees. */
function firstStep(state: Float64Array, slope: Float64Array, relative: number, absolute: number): number {
  let fastest = 0;
  for (let i = 0; i < state.length; i++) {
    const scale = absolute + relative * Math.abs(state[i]);
    fastest = Math.max(fastest, Math.abs(slope[i]) / Math.max(scale / relative, Number.MIN_VALUE));
  }
  return fastest > 0 && Number.isFinite(fastest) ? (0.1 * relative ** 0.2) / fastest : 1e-6;
}

function tooShort(time: number): TheoryError {
  return new TheoryError(
    `the flow cannot be followed past time ${Number(time.toPrecision(4))}: no step is short enough there, so it blows up or is not finite; begin elsewhere or take a larger tolerance`,
  );
}

function tooMany(time: number, target: number, most: number): TheoryError {
  return new TheoryError(
    `the flow needs more than ${most} steps: it is at time ${Number(time.toPrecision(4))} of ${Number(target.toPrecision(4))}; take a larger decay, a shorter time or a larger tolerance`,
  );
}
