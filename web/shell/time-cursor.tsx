/** The one time cursor of all panels, as a slider over what can be shown. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import type { Lab } from '../state/lab.ts';

/** Steps that can be shown: those of the kept moments, or of the evaluations where fewer than two are kept. Reads signals. */
function shownSteps(run: LabRun): readonly number[] {
  const moments = run.moments.value;
  if (moments.length > 1) return moments.map(({ step }) => step);
  void run.rows.value;
  return run.series(heldOutSplit(run), 'loss').steps;
}

/** Place of the last step that is not beyond `step`; 0 where there is none. */
function placeOf(steps: readonly number[], step: number): number {
  let place = 0;
  while (place + 1 < steps.length && (steps[place + 1] as number) <= step) place++;
  return place;
}

export function TimeCursor({ lab, run }: { lab: Lab; run: LabRun }) {
  const steps = shownSteps(run);
  const { cursor, shownStep } = lab.view;
  const place = cursor.value === undefined ? Math.max(0, steps.length - 1) : placeOf(steps, shownStep.value);
  // It may stand between two steps of the slider: set elsewhere, or of an evaluation after the last moment that is kept.
  const step = shownStep.value;
  return (
    <div class="step-shown">
      <label for="step-shown">Step shown</label>
      <input
        id="step-shown"
        type="range"
        min={0}
        max={Math.max(1, steps.length - 1)}
        value={place}
        disabled={steps.length < 2}
        aria-valuetext={`step ${stepLabel(step)}`}
        onInput={({ currentTarget }) => {
          const chosen = steps[Number(currentTarget.value)];
          if (chosen !== undefined) cursor.value = chosen;
        }}
      />
      <output for="step-shown">{stepLabel(step)}</output>
      <button
        type="button"
        disabled={cursor.value === undefined}
        onClick={() => {
          cursor.value = undefined;
        }}
      >
        Latest
      </button>
    </div>
  );
}
