/** How the direction of training is compared with that of the theory: what may be chosen, and the defaults. */

import type { Experiment } from '../../config/index.ts';
import { TheoryError } from '../refusal.ts';
import { PAPER_APPROACH } from '../zero-loss/approach.ts';
import { heldOutputs } from '../zero-loss/held-outputs.ts';

/** Ways to project onto ker J. */
export const directionMethods = ['auto', 'exact', 'cg'] as const;
/** By factorisation, by conjugate gradients, or by the size of J. */
export type DirectionMethod = (typeof directionMethods)[number];

/** How updates are compared with the theory. */
export interface DirectionOptions {
  /** Steps over which an update Δθ is taken. Default 10, as in the paper. */
  readonly window?: number;
  /** Momentum steps without decay towards zero loss, before J is taken. Default 100 for mean squared error, 0 for other losses. */
  readonly approachSteps?: number;
  /** Default: the experiment's with sgd, else 1. */
  readonly approachRate?: number;
  /** `auto` (the default) factorises where J has at most `MOST_EXACT_ROWS` rows and `MOST_EXACT_NUMBERS` numbers. */
  readonly method?: DirectionMethod;
  /** Of conjugate gradients: ‖J g̃‖/‖J θ‖ at which they end. Default 1e-10. */
  readonly tolerance?: number;
  /** Default 2,000. */
  readonly mostIterations?: number;
  /** Whether relus that change sides are looked for and held, which costs another projection. Default true. */
  readonly kinks?: boolean;
  readonly threads?: number;
}

/** The same with defaults filled in. */
export type ResolvedDirection = Required<Omit<DirectionOptions, 'method'>> & {
  readonly method: DirectionMethod;
};

/** JJᵀ of so many rows is 18 MB and factorised within a second or two. */
export const MOST_EXACT_ROWS = 1500;
/** Numbers of J: 320 MB. */
export const MOST_EXACT_NUMBERS = 4e7;

/** @throws TheoryError for an experiment or an option that cannot be */
export function resolveDirection(experiment: Experiment, options: DirectionOptions): ResolvedDirection {
  const { train } = experiment;
  const { zeroLoss } = heldOutputs(experiment);
  const resolved: ResolvedDirection = {
    window: options.window ?? 10,
    approachSteps: options.approachSteps ?? (zeroLoss ? PAPER_APPROACH.steps : 0),
    approachRate: options.approachRate ?? (train.optimizer === 'sgd' ? train.lr : 1),
    method: options.method ?? 'auto',
    tolerance: options.tolerance ?? 1e-10,
    mostIterations: options.mostIterations ?? 2000,
    kinks: options.kinks ?? true,
    threads: options.threads ?? 1,
  };
  if (!(Number.isInteger(resolved.window) && resolved.window >= 1)) {
    throw new TheoryError(`window: needs a whole number of steps of at least 1, got ${resolved.window}`);
  }
  for (const key of ['approachRate', 'tolerance'] as const) {
    if (!(resolved[key] > 0)) throw new TheoryError(`${key}: needs a number above 0, got ${resolved[key]}`);
  }
  return resolved;
}
