/** The direction of a training, followed as it trains or taken up again from stored states of a finished one. */

import type { Experiment } from '../../config/index.ts';
import { Machine } from '../../engine/index.ts';
import { buildDataset, type Dataset } from '../../tasks/index.ts';
import { macrotask } from '../../training/macrotask.ts';
import { Trainer, type TrainerState } from '../../training/trainer.ts';
import { TheoryError } from '../refusal.ts';
import { ZeroLossNetwork } from '../zero-loss/network.ts';
import { type ComparedDirection, DirectionComparison } from './compare.ts';
import { type DirectionOptions, resolveDirection } from './options.ts';

/** The comparison at a step: of the update over the steps before it. */
export interface DirectionRow extends ComparedDirection {
  readonly step: number;
  readonly trainAccuracy: number;
  /** NaN without held-out examples. */
  readonly heldOutAccuracy: number;
}

/** What was compared, and what it found. */
export interface DirectionOverTraining {
  /** Rows of J: train examples × answers × classes. */
  readonly outputs: number;
  readonly parameters: number;
  readonly method: 'exact' | 'cg';
  /** What is held fixed, in words. */
  readonly held: string;
  /** Whether holding it at its labels is the zero-loss set. */
  readonly zeroLoss: boolean;
  readonly rows: readonly DirectionRow[];
  /** The training as it was left. */
  readonly final: TrainerState;
}

/** What is run, and who is told. */
export interface DirectionRun extends DirectionOptions {
  /** Steps at which to compare, ascending, at least `window` apart and from 0. */
  readonly steps: readonly number[];
  /** Default: that of the experiment. */
  readonly dataset?: Dataset;
  /** Default: the experiment's own initial weights. */
  readonly initial?: TrainerState;
  /** Told before anything is trained or compared, with a network that has weights. */
  readonly onReady?: (comparison: DirectionComparison) => void;
  readonly onRow?: (row: DirectionRow) => void;
  /** Told after every step. */
  readonly onStep?: (step: number) => void;
}

/**
 * Trains an experiment as its configuration says and compares at the steps asked for.
 * @throws TheoryError, DivergenceError
 */
export async function directionOverTraining(
  experiment: Experiment,
  run: DirectionRun,
): Promise<DirectionOverTraining> {
  const { window } = resolveDirection(experiment, run);
  const { steps } = run;
  for (const [i, step] of steps.entries()) {
    if (step - window >= (steps[i - 1] ?? 0)) continue;
    throw new TheoryError(
      `steps: an update is taken over the ${window} steps before, after the comparison before it, got step ${step}` +
        `${i === 0 ? '' : ` after ${steps[i - 1]}`}; compare more rarely, or over fewer steps`,
    );
  }
  return compared(experiment, run, async (follow) => {
    if (run.initial !== undefined) restored(follow.trainer, run.initial);
    for (const step of steps) {
      await follow.to(step - window);
      await follow.update(step);
    }
  });
}

/**
 * Goes on from stored states of a training by `window` steps each, with its own optimiser, and compares there.
 * @throws TheoryError, DivergenceError
 */
export function directionFromStates(
  experiment: Experiment,
  states: Iterable<TrainerState>,
  run: Omit<DirectionRun, 'steps' | 'initial'> = {},
): Promise<DirectionOverTraining> {
  const { window } = resolveDirection(experiment, run);
  return compared(experiment, run, async (follow) => {
    for (const state of states) {
      restored(follow.trainer, state);
      await follow.update(state.step + window);
    }
  });
}

function restored(trainer: Trainer, state: TrainerState): void {
  try {
    trainer.restore(state);
  } catch (error) {
    throw new TheoryError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Follow {
  readonly trainer: Trainer;
  /** Trains on. */
  to(step: number): Promise<void>;
  /** Trains on and compares the update that this makes. */
  update(step: number): Promise<void>;
}

async function compared(
  experiment: Experiment,
  run: Omit<DirectionRun, 'steps' | 'initial'>,
  drive: (follow: Follow) => Promise<void>,
): Promise<DirectionOverTraining> {
  const options = resolveDirection(experiment, run);
  const dataset = run.dataset ?? buildDataset(experiment);
  const network = await ZeroLossNetwork.open(experiment, dataset, options.threads);
  // Two machines: names of parameters are the same on both, and may be of another number format.
  const machine = await Machine.open({ threads: options.threads });
  try {
    const comparison = new DirectionComparison(network, options);
    const trainer = await Trainer.start(experiment, dataset, machine);
    const rows: DirectionRow[] = [];
    // The trained weights as they are: not their moving average.
    const theta = () => network.vectorOf(trainer.state().tensors);
    const to = async (step: number, afterStep = () => {}) => {
      while (trainer.step < step) {
        trainer.advance();
        afterStep();
        run.onStep?.(trainer.step);
        await macrotask();
      }
    };
    if (run.onReady !== undefined) {
      network.set(theta());
      run.onReady(comparison);
    }
    await drive({
      trainer,
      to,
      update: async (step) => {
        comparison.begin(theta());
        await to(step, () => comparison.watch(theta()));
        const { train, val, test } = trainer.evaluate();
        const row = {
          step: trainer.step,
          ...comparison.compare(theta()),
          trainAccuracy: train.accuracy,
          heldOutAccuracy: (test ?? val).accuracy,
        };
        rows.push(row);
        run.onRow?.(row);
      },
    });
    return {
      outputs: network.rows,
      parameters: network.columns,
      method: comparison.method,
      held: network.held.words,
      zeroLoss: network.held.zeroLoss,
      rows,
      final: trainer.state(),
    };
  } finally {
    await Promise.all([network.close(), machine.close()]);
  }
}
