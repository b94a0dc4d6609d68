/** Sizes of a task that nulls are reckoned from; undefined where a task, or what is known of a run, has no such size. */

import type { LabRun } from '../run/lab-run.ts';
import { diagonalOf } from './spectrum-panel.ts';

/** Side n of the torus C_n □ C_n that the inputs are. Reads signals. */
export function torusSide(run: LabRun): number | undefined {
  const experiment = run.experiment.value;
  const isTorus = experiment !== undefined && diagonalOf(experiment) !== undefined;
  return isTorus ? run.examples.value?.vocabulary : undefined;
}

/** Elements of the cyclic group in which the answer is a product, on two factors of which its functions are a diagonal. */
export function answerOrder(run: LabRun): number | undefined {
  const experiment = run.experiment.value;
  const side = run.examples.value?.vocabulary;
  if (experiment?.task !== 'modular' || side === undefined) return undefined;
  const { op } = experiment.dataset;
  if (op === 'add' || op === 'sub') return side;
  // Products of units modulo a prime.
  const isPrime = side > 2 && !Array.from({ length: side }, (_, i) => i).some((i) => i > 1 && side % i === 0);
  return (op === 'mul' || op === 'div') && isPrime ? side - 1 : undefined;
}

/** Tokens and width of the first embedding that the run has kept. */
export function embeddingSizes(run: LabRun): { tokens: number; width: number } | undefined {
  const table = run.moments.value.find(({ embeddings = [] }) => embeddings.length > 0)?.embeddings?.[0];
  return table && { tokens: table.rows, width: table.columns };
}
