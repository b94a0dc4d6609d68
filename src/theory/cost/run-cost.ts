/** What a training has cost by a step: steps, FLOPs, seconds and, estimated from one of these, energy. */

/** How energy is estimated, which nothing here measures. */
export type EnergyEstimate =
  /** Power of the process while it trains, in W. */
  | { readonly watts: number }
  /** Energy of a floating-point operation, in J. */
  | { readonly joulesPerFlop: number };

/**
 * W for each thread: what the Green Algorithms calculator assumes of a core of an unknown processor at full load (Lannelongue,
 * Grealey and Inouye 2021, doi:10.1002/advs.202100707; entry “Any” of its table of processors). Memory and cooling are not in it.
 */
export const WATTS_PER_THREAD = 12;

/** A row of timing.csv. */
export interface TimedStep {
  readonly step: number;
  /** Of training since the run began, evaluations included. */
  readonly seconds: number;
}

/** Of a training up to a step. */
export interface Cost {
  readonly steps: number;
  readonly flops: number;
  /** Null where no time was recorded. */
  readonly seconds: number | null;
  /** Null where it is estimated from seconds that are not known. */
  readonly joules: number | null;
}

/** What the cost of a training is computed from. */
export interface CostRates {
  readonly flopsPerStep: number;
  /** In ascending order of step. */
  readonly timing: readonly TimedStep[];
  readonly energy: EnergyEstimate;
}

/** The cost of the first `steps` steps. */
export function costOf(steps: number, { flopsPerStep, timing, energy }: CostRates): Cost {
  const flops = steps * flopsPerStep;
  const seconds = secondsBy(steps, timing);
  if ('joulesPerFlop' in energy) return { steps, flops, seconds, joules: flops * energy.joulesPerFlop };
  return { steps, flops, seconds, joules: seconds === null ? null : seconds * energy.watts };
}

/** Linear between the steps that were timed, from 0 s at step 0; beyond the last one at its mean rate. */
function secondsBy(steps: number, timing: readonly TimedStep[]): number | null {
  const last = timing.at(-1);
  if (steps === 0) return 0;
  if (last === undefined || last.step === 0) return null;
  if (steps >= last.step) return (last.seconds * steps) / last.step;
  let before: TimedStep = { step: 0, seconds: 0 };
  for (const timed of timing) {
    if (timed.step >= steps && timed.step > before.step) {
      const share = (steps - before.step) / (timed.step - before.step);
      return before.seconds + share * (timed.seconds - before.seconds);
    }
    before = timed;
  }
  return null;
}

/** Costs of several trainings together; what one of them does not know, nobody knows of the sum. */
export function sumOf(costs: readonly Cost[]): Cost {
  const total = (key: 'seconds' | 'joules') =>
    costs.reduce<number | null>((sum, cost) => {
      const value = cost[key];
      return sum === null || value === null ? null : sum + value;
    }, 0);
  return {
    steps: costs.reduce((sum, { steps }) => sum + steps, 0),
    flops: costs.reduce((sum, { flops }) => sum + flops, 0),
    seconds: total('seconds'),
    joules: total('joules'),
  };
}
