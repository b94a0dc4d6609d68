/** Says that a training goes on from an earlier visit, or could, and offers the other way. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import type { TrainingRun } from '../run/training-run.ts';
import type { Lab } from '../state/lab.ts';

export function Restored({ lab, training }: { lab: Lab; training: TrainingRun }) {
  const step = training.restoredStep.value;
  if (step === undefined) return <Offer lab={lab} />;
  return (
    <p class="notice">
      This {training.isFork ? 'fork' : 'training'} goes on from step {stepLabel(step)}, where it was saved in
      this browser.{' '}
      {!training.isFork && (
        <button type="button" onClick={() => lab.begin(true)}>
          Begin again
        </button>
      )}
    </p>
  );
}

/** A page that was opened by a plain address starts nothing by itself. */
function Offer({ lab }: { lab: Lab }) {
  const offer = lab.offer.offered.value;
  if (offer === undefined) return null;
  return (
    <p class="notice">
      A training with these settings is saved in this browser, {offer.isFinished ? 'finished at' : 'up to'}{' '}
      step {stepLabel(offer.step)}.{' '}
      <button type="button" onClick={() => lab.goOn()}>
        {offer.isFinished ? 'Show it' : 'Go on from there'}
      </button>{' '}
      <button type="button" onClick={() => lab.playback.play()}>
        Begin again
      </button>
    </p>
  );
}
