/** Sentences about keys that change nothing, so that nobody believes they do, and about what a result has to say of itself. */
import type { Experiment } from './experiment.ts';
import { penaltyNotices } from './penalty-notices.ts';
import { splitSizes } from './tasks/index.ts';

/** One sentence per key that is switched on without effect, in the order of the file. */
export function noticesOf(experiment: Experiment): string[] {
  const { loader, train } = experiment;
  const noEffect: [string, boolean][] = [
    ['loader.num_workers', loader.num_workers > 0],
    ['loader.pin_memory', loader.pin_memory],
  ];
  const notices = [
    ...switchedOn(noEffect).map((key) => `${key} has no effect in grokscope`),
    ...idleTrainKeys(experiment),
  ];
  notices.push(...penaltyNotices(experiment));
  if (loader.batch_size !== 'full') {
    const { train: examples } = splitSizes(experiment);
    if (loader.batch_size > examples)
      notices.push(`loader.batch_size ${loader.batch_size} is more than the ${examples} train examples`);
  }
  const { name, warmup_steps } = train.scheduler;
  if (name.endsWith('_with_warmup') && train.total_steps > 0 && warmup_steps >= train.total_steps)
    notices.push(
      `train.scheduler.warmup_steps ${warmup_steps} is not below total_steps ${train.total_steps}: lr never reaches its full value`,
    );
  return notices;
}

/** Keys of the optimiser and the loss that the chosen ones do not read. */
function idleTrainKeys({ train }: Experiment): string[] {
  const { optimizer, loss } = train;
  const idle = [
    ...(optimizer === 'sgd'
      ? []
      : switchedOn([
          ['momentum', train.momentum > 0],
          ['nesterov', train.nesterov],
        ]).map((key) => `${key} has no effect with optimizer ${optimizer}`)),
    ...(train.weight_decay_kind === 'none' && train.weight_decay > 0
      ? ['weight_decay has no effect with weight_decay_kind none']
      : []),
    ...(train.label_smoothing > 0 && loss !== 'cross_entropy' && loss !== 'stablemax'
      ? [`label_smoothing has no effect with loss ${loss}`]
      : []),
  ];
  return idle.map((sentence) => `train.${sentence}`);
}

function switchedOn(keys: readonly [string, boolean][]): string[] {
  return keys.filter(([, on]) => on).map(([key]) => key);
}
