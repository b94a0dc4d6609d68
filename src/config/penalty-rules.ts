/** Rules of the penalty: what its kinds need of the task. */
import type { BrokenRule } from './broken-rule.ts';
import { configIssue } from './error.ts';
import type { Experiment } from './experiment.ts';
import type { LaplacianPenaltyConfig } from './schema/laplacian_penalty.ts';
import { taskShape } from './tasks/index.ts';

/** The first thing that a penalty which is switched on lacks. */
export function penaltyIsPossible(experiment: Experiment): BrokenRule | null {
  if (!experiment.laplacian_penalty.compute) return null;
  return kindFitsTask(experiment) ?? relabellingNeedsSums(experiment) ?? neighboursAreOthers(experiment);
}

/** Tasks whose inputs are pairs of residues: the torus that the penalties know. */
const ON_RESIDUES: readonly Experiment['task'][] = ['modular', 'random_labels'];

/** Tasks that each kind can be computed for. */
const TASKS: Record<LaplacianPenaltyConfig['kind'], readonly Experiment['task'][]> = {
  literal: ON_RESIDUES,
  train_pairs: ON_RESIDUES,
  best_relabelled: ['modular'],
  embedding_entropy: ON_RESIDUES,
  neighbours: [...ON_RESIDUES, 'group'],
  permuted: ON_RESIDUES,
};

function kindFitsTask({ task, laplacian_penalty: { kind } }: Experiment): BrokenRule | null {
  const tasks = TASKS[kind];
  if (tasks.includes(task)) return null;
  const needed = tasks.join(' or ');
  return {
    issue: configIssue({
      path: ['laplacian_penalty', 'kind'],
      message: `laplacian_penalty.kind ${kind} needs a task on pairs of residues it can read (${needed}), got task ${task}`,
      expected: `task ${needed}`,
      got: `task ${task}`,
    }),
    others: [['task']],
  };
}

/** Only functions of a + b and of a − b are told apart by the characters of the torus. */
function relabellingNeedsSums({ task, dataset, laplacian_penalty: { kind } }: Experiment): BrokenRule | null {
  if (kind !== 'best_relabelled' || task !== 'modular' || dataset.op === 'add' || dataset.op === 'sub')
    return null;
  const { op } = dataset;
  return {
    issue: configIssue({
      path: ['laplacian_penalty', 'kind'],
      message: `laplacian_penalty.kind best_relabelled needs op add or sub, whose answers are functions of a + b or a − b, got op ${op}`,
      expected: 'op add or sub',
      got: `op ${op}`,
      suggestion: 'choose another kind, such as train_pairs',
    }),
    others: [['dataset', 'op']],
  };
}

function neighboursAreOthers(experiment: Experiment): BrokenRule | null {
  const { kind, neighbours } = experiment.laplacian_penalty;
  const { vocabulary } = taskShape(experiment);
  if (kind !== 'neighbours' || neighbours < vocabulary) return null;
  return {
    issue: configIssue({
      path: ['laplacian_penalty', 'neighbours'],
      message: `laplacian_penalty.neighbours must be below the number of tokens, got ${neighbours} of ${vocabulary}`,
      expected: `at most ${vocabulary - 1}`,
      got: String(neighbours),
    }),
    others: [['dataset']],
  };
}
