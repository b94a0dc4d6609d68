/** Says that the training goes on from an earlier visit, and offers to begin again instead. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import type { TrainingRun } from '../run/training-run.ts';
import type { Lab } from '../state/lab.ts';

export function Restored({ lab, training }: { lab: Lab; training: TrainingRun }) {
  const step = training.restoredStep.value;
  if (step === undefined) return null;
  return (
    <p class="notice">
      This training goes on from step {stepLabel(step)}, where it was saved in this browser.{' '}
      <button type="button" onClick={() => lab.begin(true)}>
        Begin again
      </button>
    </p>
  );
}
