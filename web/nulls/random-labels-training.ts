/**
 * The null that needs a network: the same settings trained on labels drawn at random, which can only be learnt by heart, measured on
 * the way. It stands in the script of the training worker, of which it needs nearly everything.
 */

import { Machine } from 'grokscope';
import { failureSentence } from '../run/failure-sentences.ts';
import { measuredOnRandomLabels } from './measured-on-random-labels.ts';
import type { RandomLabelsReport, RandomLabelsRequest } from './random-labels-protocol.ts';

self.addEventListener('message', ({ data }: MessageEvent<RandomLabelsRequest>) => {
  if (data.kind === 'random-labels') void answer(data);
});

function report(message: RandomLabelsReport): void {
  self.postMessage(message);
}

async function answer({ experiment, steps }: RandomLabelsRequest): Promise<void> {
  try {
    const machine = await Machine.open({ threads: 1 });
    for await (const { step, values } of measuredOnRandomLabels(experiment, steps, machine))
      report({ kind: 'null-measured', step, values });
    await machine.close();
    report({ kind: 'null-done' });
  } catch (error) {
    report({ kind: 'null-failed', sentence: failureSentence(error) });
  }
}
