/** The button that trains the null on random labels, and how far it is. */

import { useEffect } from 'preact/hooks';
import { stepLabel } from '../../src/figures/number-labels.ts';
import type { LabRun } from '../run/lab-run.ts';
import { comparable, trainNull } from './compared-with-null.ts';
import { type NullStatus, randomLabelsOf } from './random-labels-null.ts';

export function RandomLabelsView({ run }: { run: LabRun }) {
  const null_ = randomLabelsOf(run);
  // A run that is left trains nothing more; what it has measured is there when it is shown again.
  useEffect(() => () => null_.peek()?.stop(), [run]);
  const experiment = comparable(run);
  if (experiment === undefined) return null;
  const begin = () => {
    null_.value?.stop();
    const ended = ['finished', 'paused'].includes(run.status.value.kind) && run.step.value > 0;
    null_.value = trainNull(experiment, ended ? run.step.value : experiment.train.total_steps);
  };
  const status = null_.value?.status.value;
  return (
    <div class="random-labels">
      {status?.kind === 'training' ? (
        <button type="button" onClick={() => null_.value?.stop()}>
          Stop the comparison
        </button>
      ) : (
        <button type="button" onClick={begin}>
          Compare with random labels
        </button>
      )}
      <p>{words(status)}</p>
      <p class="for-readers" role="status">
        {status !== undefined && status.kind !== 'training' && words(status)}
      </p>
    </div>
  );
}

function words(status: NullStatus | undefined): string {
  if (status === undefined)
    return 'Trains the same network on labels drawn at random, which it can only learn by heart, and draws its measures beside.';
  if (status.kind === 'failed') return `The training on random labels did not go on: ${status.sentence}`;
  if (status.kind === 'training')
    return `Training on random labels: step ${stepLabel(status.step)} of ${stepLabel(status.steps)}.`;
  return `Trained on random labels up to step ${stepLabel(status.step)}: the dotted curves of the measures.`;
}
