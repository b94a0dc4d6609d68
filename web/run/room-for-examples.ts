/** Whether a page can hold the examples of a task: asked before they are made, because browsers end a page that takes too much. */

import type { Experiment } from 'grokscope';
import { taskShape } from '../../src/config/index.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';

/** 1 GB of tokens, answers and splits where an example has two operands; all pairs modulo 4472. */
export const MOST_EXAMPLES = 2e7;

/** @throws Error in one sentence where a page cannot hold them */
export function needRoomForExamples(experiment: Experiment): void {
  const { examples } = taskShape(experiment);
  if (examples <= MOST_EXAMPLES) return;
  throw new Error(
    `The task has ${stepLabel(examples)} examples, more than the ${stepLabel(MOST_EXAMPLES)} that a page may hold: ` +
      'make it smaller in the section dataset, or train it on the command line.',
  );
}
