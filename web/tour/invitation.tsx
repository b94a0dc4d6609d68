/** What a visitor finds above the pictures while nothing has been trained: what there is to do. */

import { presetOf } from '../settings/presets.ts';
import type { Lab } from '../state/lab.ts';
import './tour.css';

export function Invitation({ lab }: { lab: Lab }) {
  const { preset, play, tour, run } = lab.address.value;
  if (play || tour !== undefined || run !== undefined || lab.training.value === undefined) return null;
  return (
    <div class="invitation">
      <p>
        These are the pictures of a network before its first step. <strong>Play</strong> trains the preset{' '}
        {preset}: {presetOf(preset).description}
      </p>
      <p>
        Or take the tour: eight steps in a few minutes, from memorising to what is still open, for people who
        have trained a network once.{' '}
        <button type="button" onClick={() => takeTour(lab)}>
          Begin the tour
        </button>
      </p>
    </div>
  );
}

function takeTour(lab: Lab): void {
  lab.tour.value = 1;
}
