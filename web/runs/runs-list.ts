/** What is said of the runs of a list, and which of them a filter leaves. */

import type { RunOutline } from '../../src/cli/lab/served-runs.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';

const stateWords: Readonly<Record<RunOutline['state'], string>> = {
  finished: 'finished',
  diverged: 'diverged',
  'being-written': 'being trained',
  stopped: 'stopped',
};

/** What is said of a run under its name. */
export function outlineWords(run: RunOutline): string {
  const { state, last_step, memorized_step, grokked_step, problem } = run;
  if (problem !== undefined) return problem;
  const at = last_step === null ? '' : ` at step ${stepLabel(last_step)}`;
  const milestones = [
    ...(memorized_step === null ? [] : [`memorised at ${stepLabel(memorized_step)}`]),
    ...(grokked_step === null ? [] : [`grokked at ${stepLabel(grokked_step)}`]),
  ];
  return [`${stateWords[state]}${at}`, ...milestones].join(', ');
}

/** The runs whose names hold every word of `text`, in any case. */
export function filtered(runs: readonly RunOutline[], text: string): readonly RunOutline[] {
  const words = text.toLowerCase().split(/\s+/);
  return runs.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
