/**
 * When does it grok? The simulation alone says at which τ the held-out accuracy of a network passes a threshold for good; gradient
 * descent gets there when its clock has gone on as far, times the slowing of a network whose layers have equal norm.
 *
 * In the isolation W₂ follows W₁ at once and for nothing. A real network has to move it by the same gradient. For one neuron with
 * w₁w₂ = 1 the isolated flow approaches w₁ = w₂ at rate 4, the real one along its hyperbola at rate 2: at equal norms, where
 * homogeneous networks end, the real clock is half as fast.
 */

import type { Experiment } from '../../config/index.ts';
import type { Machine } from '../../engine/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { type AccuracyPoint, findMilestones } from '../../training/milestones.ts';
import { realTraining } from './real-training.ts';
import type { IsolatedSetting } from './setting.ts';
import { simulate } from './simulate.ts';
import type { IsolatedStep } from './step.ts';

/** Slowing of a real network whose layers have equal norm. */
export const BALANCED_CLOCK = 2;

/** What counts as grokked, and until when one waits for it. */
export interface GrokQuestion {
  /** Held-out accuracy. */
  readonly threshold: number;
  /** Evaluations it has to stay there. */
  readonly patience: number;
  /** τ at which simulation and training are given up. */
  readonly tau: number;
  /** Evaluations of either until then. */
  readonly points: number;
}

/** τ at which the isolated dynamics of a setting groks, null where it does not in time. */
export function isolatedGrokTau(
  step: IsolatedStep,
  { initialWeights }: IsolatedSetting,
  stepSize: number,
  question: GrokQuestion,
): number | null {
  const steps = Math.ceil(question.tau / stepSize);
  const observeEvery = Math.max(1, Math.round(steps / question.points));
  const seen: AccuracyPoint[] = [];
  for (const { observation } of simulate(step, initialWeights(), {
    steps,
    stepSize,
    integrator: 'euler',
    observeEvery,
  })) {
    seen.push({ step: observation.step, accuracy: observation.heldOut.accuracy });
    if (grokkedStep(seen, question) !== null) break;
  }
  const grokked = grokkedStep(seen, question);
  return grokked === null ? null : grokked * stepSize;
}

export interface ObservedGrok {
  /** Steps of gradient descent, null where it did not grok in time. */
  readonly steps: number | null;
  /** Steps after which it was given up. */
  readonly budget: number;
  /** First evaluation that was memorised (train accuracy ≥ 0.99). */
  readonly memorized: number | null;
  readonly tauOfStep: number;
}

/** When the real network groks under λ. */
export async function observedGrok(
  experiment: Experiment,
  dataset: Dataset,
  { problem, initialWeights }: IsolatedSetting,
  ridge: number,
  question: GrokQuestion,
  open: () => Promise<Machine>,
): Promise<ObservedGrok> {
  const seen: AccuracyPoint[] = [];
  const { tau, points } = question;
  const training = await realTraining(experiment, dataset, problem, initialWeights(), {
    ridge,
    tau,
    points,
    open,
    enough: ({ step, heldOutAccuracy }) => {
      if (step === 0) seen.length = 0; // a new attempt, with a smaller learning rate
      seen.push({ step, accuracy: heldOutAccuracy });
      return grokkedStep(seen, question) !== null;
    },
  });
  return {
    steps: grokkedStep(seen, question),
    budget: Math.ceil(tau / training.tauOfStep),
    memorized: training.points.find(({ trainAccuracy }) => trainAccuracy >= 0.99)?.step ?? null,
    tauOfStep: training.tauOfStep,
  };
}

function grokkedStep(points: readonly AccuracyPoint[], { threshold, patience }: GrokQuestion): number | null {
  return findMilestones({ train: [], val: points }, { grokThreshold: threshold, grokPatience: patience })
    .grokked_step;
}
