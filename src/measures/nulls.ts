/**
 * The nulls of measures: what they give where there is nothing to be measured, on a network of the same shape that was never
 * trained, and on one trained the same way on random labels, which it can only learn by heart.
 */

import type { Experiment } from '../config/index.ts';
import type { MeasureName } from '../config/schema/measures.ts';
import type { Machine } from '../engine/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';
import { openMeasures } from './index.ts';
import type { MeasuredValues } from './measure.ts';

/**
 * Measures of an untrained network, one for each seed: the same shape and split, other initial weights.
 * @param names by default those of the experiment
 * @param openMachine a machine of its own for each network
 */
export async function untrainedNulls(
  experiment: Experiment,
  names: readonly MeasureName[] | undefined,
  seeds: readonly number[],
  openMachine: () => Promise<Machine>,
): Promise<MeasuredValues[]> {
  const values: MeasuredValues[] = [];
  for (const seed of seeds) {
    const machine = await openMachine();
    try {
      const trainer = await Trainer.start({ ...experiment, seed }, buildDataset(experiment), machine);
      values.push(openMeasures(trainer.probe, names).values(0));
    } finally {
      await machine.close();
    }
  }
  return values;
}

/**
 * Measures of the same network trained for as many steps on labels drawn at random.
 * @param steps of the training
 * @param onStep told after every step; it may await
 */
export async function randomLabelsNull(
  experiment: Experiment,
  names: readonly MeasureName[] | undefined,
  steps: number,
  machine: Machine,
  onStep: (step: number) => Promise<void> | void = () => {},
): Promise<MeasuredValues> {
  // The same task with all train labels drawn anew: every task has the key.
  const relabelled = { ...experiment, dataset: { ...experiment.dataset, label_noise: 1 } } as Experiment;
  const trainer = await Trainer.start(relabelled, buildDataset(relabelled), machine);
  while (trainer.step < steps) {
    trainer.advance();
    await onStep(trainer.step);
  }
  return openMeasures(trainer.probe, names).values(trainer.step);
}

/** The mean of each number over several networks. */
export function meanOf(values: readonly MeasuredValues[]): MeasuredValues {
  const [first = {}] = values;
  return Object.fromEntries(
    Object.keys(first).map((column) => {
      let total = 0;
      for (const one of values) total += one[column] ?? Number.NaN;
      return [column, total / values.length];
    }),
  );
}
