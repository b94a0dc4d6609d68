/** Rules for what is measured: a measure that a task or a model does not have is refused with its place, before anything runs. */

import type { BrokenRule } from './broken-rule.ts';
import { configIssue } from './error.ts';
import type { Experiment } from './experiment.ts';
import type { MeasureName } from './schema/measures.ts';
import { taskShape } from './tasks/index.ts';

/** Bits whose strings are listed. */
const MOST_BITS = 16;

/** What is missing, and what would have it; undefined where the measure can be taken. */
export function measureProblem(name: MeasureName, experiment: Experiment): string | undefined {
  const { task, dataset, model } = experiment;
  const shape = taskShape(experiment);
  switch (name) {
    case 'spectrum': {
      const listed = task !== 'parity' || dataset.n <= MOST_BITS;
      return listed
        ? undefined
        : `needs all strings listed, of at most ${MOST_BITS} bits; take dataset.n up to ${MOST_BITS}`;
    }
    case 'embedding':
      if (task === 'modular' && shape.vocabulary > 2) return undefined;
      return 'needs tokens that are residues; take it of task modular with N above 2';
    case 'neighbours':
      if (shape.vocabulary > 2) return undefined;
      return 'needs at least 3 tokens; take it of a task with more';
    case 'circuits': {
      const adds =
        task === 'modular' && (dataset.op === 'add' || dataset.op === 'sub') && dataset.pairs === 'ordered';
      return adds
        ? undefined
        : 'needs addition or subtraction over all ordered pairs; set dataset.op and dataset.pairs so';
    }
    case 'efficiency':
      return shape.answers === 1
        ? undefined
        : 'needs one answer an example; take it of another task than copy';
    case 'sparsity':
      if (shape.answers !== 1) return 'needs one answer an example; take it of another task than copy';
      if (model.type !== 'transformer') return undefined;
      return 'needs logits that are read from one hidden layer alone; take it of a two_layer, embedding_mlp or mlp';
  }
}

/** The measures named under `measures`, and the spectrum that `spectral.compute` asks for. */
export function measuresArePossible(experiment: Experiment): BrokenRule | null {
  const wanted = [
    ...(experiment.spectral.compute ? [{ name: 'spectrum' as const, path: ['spectral', 'compute'] }] : []),
    ...experiment.measures.map((name, i) => ({ name, path: ['measures', i] })),
  ];
  for (const { name, path } of wanted) {
    const problem = measureProblem(name, experiment);
    if (problem === undefined) continue;
    const [what = '', suggestion] = problem.split('; ');
    return {
      issue: configIssue({ path, message: `measure ${name} ${what}`, got: experiment.task, suggestion }),
      others: [['task'], ['model', 'type']],
    };
  }
  return null;
}
