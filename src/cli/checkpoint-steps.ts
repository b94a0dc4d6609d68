/** The stored checkpoints of a run that a command goes back to: which were asked for, and how they become weights again. */

import { NUMERIC_VERSION } from '../engine/index.ts';
import { RunError, type RunReader, trainerState } from '../runs/index.ts';
import type { Trainer, TrainerState } from '../training/trainer.ts';
import { UsageError } from './failure.ts';

/**
 * @param given steps separated by commas, `all` or `last`
 * @param option that took them, for messages
 * @throws UsageError naming the steps there are
 */
export function checkpointSteps(given: string, run: RunReader, option: string): number[] {
  const stored = run.checkpoints().map(({ step }) => step);
  if (stored.length === 0) {
    throw new UsageError(`${run.path} has no checkpoint yet; wait for its first one`);
  }
  if (given === 'all') return stored;
  if (given === 'last') return stored.slice(-1);
  return given.split(',').map((word) => {
    const step = /^\d+$/.test(word.trim()) ? Number(word) : Number.NaN;
    if (stored.includes(step)) return step;
    const shown =
      stored.length > 8 ? `${stored.slice(0, 4).join(', ')}, … ${stored.at(-1)}` : stored.join(', ');
    throw new UsageError(
      `${option} needs steps with a checkpoint (${shown}), all or last, got ${word.trim() || 'nothing'}`,
    );
  });
}

/**
 * @param action what is not to be done with another arithmetic, in words: `measure it`
 * @throws UsageError when the run was trained by another numeric version
 */
export function refuseOtherArithmetic(run: RunReader, action: string): void {
  const { numeric_version } = run.meta;
  if (numeric_version === NUMERIC_VERSION) return;
  throw new UsageError(
    `${run.path} was trained with numeric version ${numeric_version} and this is ${NUMERIC_VERSION}: ` +
      `the numbers would not be those of its training; ${action} with the version that trained it`,
  );
}

/** @throws RunError when the checkpoint is damaged or of another run */
export function checkpointState(run: RunReader, step: number): TrainerState {
  const checkpoint = run.checkpoint(step);
  if (checkpoint.runId !== run.meta.run_id)
    throw foreignCheckpoint(run, step, `it was written by run ${checkpoint.runId.slice(0, 12)}…`);
  return trainerState(checkpoint);
}

/**
 * Puts the weights of a checkpoint into the network of its run.
 * @throws RunError when it is damaged or belongs to another run or model
 */
export function restoreCheckpoint(trainer: Trainer, run: RunReader, step: number): void {
  const state = checkpointState(run, step);
  try {
    trainer.restore(state);
  } catch (error) {
    throw foreignCheckpoint(run, step, error instanceof Error ? error.message : String(error));
  }
}

function foreignCheckpoint(run: RunReader, step: number, why: string): RunError {
  return new RunError(
    'other-run',
    `the checkpoint of step ${step} in ${run.path} does not belong to this run (${why})`,
    'remove it, or name other steps with --steps',
  );
}
