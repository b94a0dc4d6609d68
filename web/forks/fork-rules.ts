/** Which settings a fork may change: those that leave its examples, the shapes of its weights and what the optimiser remembers alone. */

import type { Experiment } from 'grokscope';
import { stepLabel } from '../../src/figures/number-labels.ts';

/**
 * Why the settings that differ may not, in one sentence; undefined where a training may go on with them from `step`.
 * @param grokkedStep of the original, for runs that end some steps later
 */
export function forkRefusal(
  original: Experiment,
  changed: Experiment,
  step: number,
  grokkedStep: number | null = null,
): string | undefined {
  const paths = differingPaths(original, changed);
  for (const path of paths) {
    const reason = refusalOf(path, original, changed);
    if (reason !== undefined) return `${path} cannot change in a fork: ${reason}.`;
  }
  const { total_steps, stop_after_grok_steps: after } = changed.train;
  if (total_steps <= step) {
    const earlier = step > 0 ? 'choose an earlier step, or raise' : 'raise';
    return `The run ends at step ${stepLabel(total_steps)}, so nothing can go on from step ${stepLabel(step)}: ${earlier} train.total_steps.`;
  }
  if (after !== null && grokkedStep !== null && step >= grokkedStep + after) {
    return `The run ends ${stepLabel(after)} steps after grokking, so nothing can go on from step ${stepLabel(step)}: choose an earlier step, or empty train.stop_after_grok_steps.`;
  }
  if (paths.includes('seed') && !isDrawn(changed)) {
    return 'Another seed changes nothing from here on: every step sees all train examples, and nothing else is drawn.';
  }
  return undefined;
}

/** Keys joined by dots, of every value that is not the same in both; `dataset.seed` only where it was set by itself. */
function differingPaths(original: Experiment, changed: Experiment): string[] {
  const paths = pathsOf(original, changed, []);
  const follows = original.dataset.seed === original.seed && changed.dataset.seed === changed.seed;
  return paths.filter((path) => !(path === 'dataset.seed' && follows) && path !== 'name');
}

function pathsOf(one: unknown, other: unknown, path: readonly string[]): string[] {
  if (!isSection(one) || !isSection(other)) {
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [path.join('.')];
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => pathsOf(one[key], other[key], [...path, key]));
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusalOf(path: string, original: Experiment, changed: Experiment): string | undefined {
  const [section] = path.split('.');
  const { train } = changed;
  if (section === 'task' || section === 'dataset') return 'it goes on with the examples of its original';
  if (section === 'model' && path !== 'model.dropout') return 'it goes on with the network of its original';
  if (path === 'train.dtype') return `the weights that were kept are ${original.train.dtype} numbers`;
  if (path === 'train.optimizer' && train.optimizer !== 'sgd' && original.train.optimizer === 'sgd')
    return `${train.optimizer} needs the moments of all gradients so far, which sgd does not keep`;
  if ((path === 'train.momentum' || path === 'train.optimizer') && needsMomentum(changed)) {
    if (!needsMomentum(original)) return 'the momentum of the steps so far was not kept';
  }
  if (path === 'train.ema.use' && train.ema.use) return 'the moving average of the steps so far was not kept';
  if (path === 'train.objective' && train.objective === 'reinforce')
    return 'the baseline of reinforce, an average over the steps so far, was not kept';
  if (section === 'laplacian_penalty' && needsNeighbours(changed) && !needsNeighbours(original))
    return 'the graph of neighbours is made from the weights of an earlier step, which were not kept';
  if (path === 'laplacian_penalty.neighbours' && needsNeighbours(changed))
    return 'the graph of neighbours that was kept has another size';
  return undefined;
}

function needsMomentum({ train }: Experiment): boolean {
  return train.optimizer === 'sgd' && train.momentum > 0;
}

function needsNeighbours({ laplacian_penalty: { compute, kind } }: Experiment): boolean {
  return compute && kind === 'neighbours';
}

/** Whether anything after the first step comes from the seed. */
function isDrawn({ loader, model, train, laplacian_penalty }: Experiment): boolean {
  const dropout = 'dropout' in model && typeof model.dropout === 'number' && model.dropout > 0;
  const permuted = laplacian_penalty.compute && laplacian_penalty.kind.includes('permuted');
  return loader.batch_size !== 'full' || dropout || permuted || train.objective === 'reinforce';
}
