/** The analytic test: a simulation followed to its end, as a promise that lets the host breathe, and its verdict. */

import type { Experiment } from '../../config/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { macrotask } from '../../training/macrotask.ts';
import { SimulationRecord } from './record.ts';
import { hasFrequencies, type IsolatedSetting, isolatedSetting } from './setting.ts';
import { simulate } from './simulate.ts';
import type { IsolatedStep } from './step.ts';
import { type AnalyticVerdict, analyticVerdict } from './verdict.ts';

/** How long the test is, and how it can be ended. */
export interface AnalyticTestOptions {
  readonly steps: number;
  /** In τ. */
  readonly stepSize: number;
  /** Observations of the whole; default 100. */
  readonly observations?: number;
  /** When aborted, the test ends at the observation at hand. */
  readonly signal?: AbortSignal;
}

/** A simulation and what it shows. */
export interface AnalyticTest {
  readonly record: SimulationRecord;
  readonly verdict: AnalyticVerdict;
}

/**
 * What an experiment's analytic test simulates: the limit λ → 0, in a layer as wide as that needs, with circles where tokens
 * have frequencies.
 * @throws TheoryError for a network or task that has no isolated dynamics of this form
 */
export function analyticSetting(experiment: Experiment, dataset: Dataset): IsolatedSetting {
  return isolatedSetting(experiment, dataset, { ridge: 0, widen: true, circles: hasFrequencies(dataset) });
}

/** Observations of a test where no other number is asked for. */
const OBSERVATIONS = 100;

/** Steps from one observation to the next. */
export function observationInterval(steps: number, observations: number = OBSERVATIONS): number {
  return Math.max(1, Math.round(steps / observations));
}

/**
 * Simulates a setting to the end and judges it.
 * @returns undefined when it was aborted
 * @throws TheoryError when the step size is past stability
 */
export async function analyticTest(
  step: IsolatedStep,
  { problem, initialWeights, modulus }: IsolatedSetting,
  { steps, stepSize, observations, signal }: AnalyticTestOptions,
): Promise<AnalyticTest | undefined> {
  const record = new SimulationRecord(modulus, problem.width, steps);
  const observeEvery = observationInterval(steps, observations);
  const plan = { steps, stepSize, integrator: 'euler', observeEvery, modulus } as const;
  for (const point of simulate(step, initialWeights(), plan)) {
    record.add(point);
    await macrotask();
    if (signal?.aborted) return undefined;
  }
  return { record, verdict: analyticVerdict(record.observations, problem) };
}
