/** What the lab measures beside a training, of the same training on labels drawn at random (src/measures/nulls.ts measures it at its end). */

import { buildDataset, type Experiment, type Machine, type MeasuredValues, train } from 'grokscope';
import { openNumbers } from '../worker/observed-numbers.ts';

/** As many points as make a curve. */
const POINTS = 40;

/** The settings with all train labels drawn anew, measured by nothing but the lab. */
export function onRandomLabels(experiment: Experiment): Experiment {
  const { dataset, spectral } = experiment;
  return {
    ...experiment,
    dataset: { ...dataset, label_noise: 1 },
    spectral: { ...spectral, compute: false },
    measures: [],
  } as Experiment;
}

/** What the lab measures beside a training, at some evaluations of the same training on random labels. */
export async function* measuredOnRandomLabels(
  experiment: Experiment,
  steps: number,
  machine: Machine,
): AsyncGenerator<{ step: number; values: MeasuredValues }> {
  const relabelled = onRandomLabels(experiment);
  const every = relabelled.train.eval_every_steps;
  const stride = Math.max(1, Math.ceil(steps / every / POINTS));
  let numbers: ReturnType<typeof openNumbers> | undefined;
  let evaluation = 0;
  for await (const snapshot of train(relabelled, { machine, dataset: buildDataset(relabelled) })) {
    if (snapshot.metrics === undefined) continue;
    const isLast = snapshot.last || snapshot.step + every > steps;
    if (isLast || evaluation % stride === 0) {
      numbers ??= openNumbers(snapshot.probe);
      yield { step: snapshot.step, values: numbers.values(snapshot.step, 0, isLast) };
    }
    if (isLast) return;
    evaluation++;
  }
}
