/** Why a task has no frequencies of its tokens: those are defined on the residues of a cycle. */

import type { LabRun } from '../run/lab-run.ts';

/**
 * One sentence; undefined where the tokens are such residues, or the task is not known yet. Reads signals.
 * @param use what the panel does with the frequencies, as a clause after `a cycle`
 */
export function withoutCycle(run: LabRun, use: string): string | undefined {
  const examples = run.examples.value;
  if (examples === undefined || (examples.structure === 'cyclic' && examples.vocabulary >= 5))
    return undefined;
  return examples.structure === 'none'
    ? `Labels drawn at random give the tokens no order in a cycle, ${use}: choose a modular task.`
    : `The tokens of this task are no residues of a cycle, ${use}: choose a modular task.`;
}
