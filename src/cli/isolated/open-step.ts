/** What computes the isolated dynamics on this host: the engine's kernels, except where far fewer unknowns do. */

import { availableParallelism } from 'node:os';
import { allowRevectorizer } from '../../engine/index.ts';
import { usesKernels } from '../../theory/isolated/cost.ts';
import { KernelStep } from '../../theory/isolated/kernel-step.ts';
import type { IsolatedProblem } from '../../theory/isolated/problem.ts';
import { ReferenceStep } from '../../theory/isolated/reference-step.ts';
import type { IsolatedStep } from '../../theory/isolated/step.ts';

export interface OpenStep {
  readonly step: IsolatedStep;
  /** Ends what computes. */
  close(): Promise<void>;
}

/** Below this many train examples threads wait for one another longer than they compute. */
const WORTH_THREADS = 200;

/** @param threads to compute on; by default all cores where there is work for them */
export async function openStep(problem: IsolatedProblem, threads?: number): Promise<OpenStep> {
  if (!usesKernels(problem)) return { step: new ReferenceStep(problem), close: async () => undefined };
  await allowRevectorizer();
  const own = problem.train.count < WORTH_THREADS ? 1 : availableParallelism();
  const step = await KernelStep.open(problem, { threads: threads ?? own });
  return { step, close: () => step.close() };
}
