import { buildDataset, Trainer } from 'grokscope';
import { expect, test } from 'vitest';
import { readSettings } from '../settings/written-settings.ts';
import { forkRefusal } from './fork-rules.ts';

const small = ['dataset.N=5', 'model.hidden_dim=8'];
const read = (...overrides: string[]) =>
  readSettings({ preset: 'r1', overrides: [...small, ...overrides] }).experiment;

const refused: readonly (readonly [before: string[], after: string[], said: string])[] = [
  [
    [],
    ['dataset.train_fraction=0.4'],
    'dataset.train_fraction cannot change in a fork: it goes on with the examples',
  ],
  [[], ['dataset.seed=4'], 'dataset.seed'],
  [[], ['model.hidden_dim=9'], 'model.hidden_dim cannot change in a fork: it goes on with the network'],
  [[], ['train.dtype=f64'], 'are f32 numbers'],
  [['train.optimizer=sgd'], ['train.optimizer=adam'], 'adam needs the moments'],
  [
    ['train.optimizer=sgd'],
    ['train.optimizer=sgd', 'train.momentum=0.5'],
    'the momentum of the steps so far',
  ],
  [[], ['train.optimizer=sgd', 'train.momentum=0.5'], 'the momentum of the steps so far'],
  [[], ['train.ema.use=true'], 'the moving average'],
  [[], ['train.objective=reinforce', 'train.loss=cross_entropy'], 'the baseline of reinforce'],
  [[], ['train.total_steps=20'], 'ends at step 20'],
  [[], ['seed=3'], 'Another seed changes nothing'],
];

test.each(refused)('%j, then %j is refused in one sentence', (before, after, said) => {
  const sentence = forkRefusal(read(...before), read(...after), 20);
  expect(sentence).toContain(said);
  expect(sentence?.match(/\.(?= |$)/g)).toHaveLength(1);
});

const allowed: readonly (readonly [before: string[], after: string[]])[] = [
  [[], []],
  [[], ['train.weight_decay=0']],
  [[], ['train.lr=0.1', 'train.scheduler.name=cosine', 'train.grad_clip_norm=1']],
  [[], ['train.optimizer=sgd']],
  [[], ['train.optimizer=adam']],
  [[], ['train.loss=cross_entropy', 'train.temperature=2']],
  [[], ['loader.batch_size=4', 'seed=3']],
  [[], ['laplacian_penalty.compute=true', 'laplacian_penalty.kind=permuted', 'seed=3']],
  [['train.ema.use=true'], []],
  [['train.optimizer=sgd', 'train.momentum=0.5'], ['train.optimizer=sgd']],
];

test.each(allowed)('from %j to %j a training goes on with the state of the other', async (before, after) => {
  const [original, changed] = [read(...before), read(...after)];
  expect(forkRefusal(original, changed, 1)).toBeUndefined();
  const dataset = buildDataset(original);
  const first = await Trainer.start(original, dataset);
  first.advance();
  const second = await Trainer.start(changed, dataset);
  second.restore(first.state());
  second.advance();
  expect(second.step).toBe(2);
  await Promise.all([first.machine.close(), second.machine.close()]);
});

test('a run that ended some steps after grokking goes on only from before, or when it is not to end then', () => {
  const original = read('train.stop_after_grok_steps=10');
  expect(forkRefusal(original, original, 39, 30)).toBeUndefined();
  expect(forkRefusal(original, original, 40, 30)).toContain('ends 10 steps after grokking');
  expect(forkRefusal(original, read('train.stop_after_grok_steps=null'), 40, 30)).toBeUndefined();
});
