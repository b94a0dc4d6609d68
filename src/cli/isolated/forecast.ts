/** Memory and time of a simulation, said before it starts: memory by its sizes, time by one velocity that is timed. */

import { SLOPES, usesKernels, velocityCost } from '../../theory/isolated/cost.ts';
import type { IntegratorName } from '../../theory/isolated/integrator.ts';
import type { IsolatedStep } from '../../theory/isolated/step.ts';
import { CommandFailure } from '../failure.ts';
import type { Host } from '../host.ts';
import { secondsOf } from '../least-time.ts';
import { availableBytes } from '../memory.ts';
import { bytesText, countText, durationText } from '../number-words.ts';

/** Below this nobody needs to be told. */
const WORTH_SAYING = 5; // seconds

/** What is foretold about. */
export interface ForecastPlan {
  readonly steps: number;
  readonly method: IntegratorName;
  readonly observeEvery: number;
}

/** What a simulation will take, in a sentence without its stop; undefined where that is a few seconds. */
export function forecastSentence(
  step: IsolatedStep,
  weights: Float64Array,
  { steps, method, observeEvery }: ForecastPlan,
): string | undefined {
  const { flops, bytes } = velocityCost(step.problem);
  const out = new Float64Array(weights.length);
  // An observation solves for the last layer once more: nothing among thousands of steps, most of it among a few.
  const solutions = steps * SLOPES[method] + Math.ceil(steps / observeEvery) + 1;
  const seconds = secondsOf(() => step.velocity(weights, out)) * solutions;
  if (seconds < WORTH_SAYING) return undefined;
  const { train, width } = step.problem;
  return (
    `${countText(train.count)} train examples, ${countText(width)} hidden units: ${(flops / 1e9).toPrecision(2)} GFLOP a velocity, ` +
    `${bytesText(bytes)}, about ${durationText(seconds)} for ${countText(steps)} steps of ${method}`
  );
}

/** Says it on stderr. */
export function announceCost(
  step: IsolatedStep,
  weights: Float64Array,
  plan: ForecastPlan,
  host: Host,
): void {
  const sentence = forecastSentence(step, weights, plan);
  if (sentence !== undefined) host.err.write(`${sentence}\n`);
}

/** Where WebAssembly memories end. */
const MOST_KERNEL_BYTES = 2 ** 32;

/** @throws CommandFailure before anything is allocated that does not fit */
export function requireMemory(problem: IsolatedStep['problem']): void {
  const sentence = memoryShortage(problem);
  if (sentence === undefined) return;
  throw new CommandFailure(
    `${sentence}; take a smaller dataset.N or dataset.train_fraction, or with --ridge fewer hidden units`,
  );
}

/** One sentence without its stop if a simulation does not fit into memory, else undefined. */
export function memoryShortage(problem: IsolatedStep['problem']): string | undefined {
  const { bytes } = velocityCost(problem);
  const most = usesKernels(problem) ? Math.min(availableBytes(), MOST_KERNEL_BYTES) : availableBytes();
  if (bytes < most) return undefined;
  const { train, width } = problem;
  return (
    `${countText(train.count)} train examples and ${countText(width)} hidden units need ${bytesText(bytes)} ` +
    `and there are ${bytesText(most)}`
  );
}
