/** What the lab says of a run in words. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import type { LabRun } from '../run/lab-run.ts';

/** How the run stands, for the line beside the buttons. Reads signals. */
export function statusWords(run: LabRun): string {
  const step = stepLabel(run.step.value);
  const status = run.status.value;
  switch (status.kind) {
    case 'loading':
      return 'Getting ready …';
    case 'running':
      return `${run.isSimulated ? 'Simulating' : 'Training'}, step ${step}`;
    case 'paused':
      return `Paused at step ${step}`;
    case 'finished':
      return `Finished at step ${step}`;
    case 'growing':
      return `Being trained elsewhere, step ${step}`;
    case 'stopped':
      return `Stopped at step ${step}, not finished`;
    case 'failed':
      return `Stopped at step ${step}`;
  }
}

/** When it memorised and grokked, as far as it did. Reads signals. */
export function milestoneWords(run: LabRun): string {
  const { memorized_step = null, grokked_step = null } = run.milestones.value ?? {};
  const words = [
    ...(memorized_step === null ? [] : [`Memorised at step ${stepLabel(memorized_step)}.`]),
    ...(grokked_step === null ? [] : [`Grokked at step ${stepLabel(grokked_step)}.`]),
  ];
  return words.join(' ');
}

/** What has happened so far, for those who listen: it changes only when something happens. Reads signals. */
export function eventWords(run: LabRun): string {
  const end = run.status.value.kind === 'finished' ? 'The run is finished.' : '';
  return [milestoneWords(run), end].filter((words) => words !== '').join(' ');
}
