import { expect, test } from 'vitest';
import { savedKey } from './saved-key.ts';

const settings = (...overrides: string[]) => ({ preset: 'r1', overrides });
const leg = (step: number, ...overrides: string[]) => ({ step, settings: settings(...overrides) });

test('a fork is saved under what it is: its original, where it left it, and every setting on its way', async () => {
  const keys = await Promise.all([
    savedKey(settings()),
    savedKey(settings('seed=2')),
    savedKey(settings(), [leg(10)]),
    savedKey(settings(), [leg(20)]),
    savedKey(settings(), [leg(10, 'train.lr=0.1')]),
    savedKey(settings(), [leg(10, 'train.lr=0.1'), leg(20, 'train.lr=0.1')]),
    savedKey(settings('seed=2'), [leg(10, 'seed=2')]),
  ]);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  const [first, second] = keys;
  expect(keys.map(({ family }) => family)).toEqual([
    ...[first?.key, second?.key],
    ...Array.from({ length: 4 }, () => first?.key),
    second?.key,
  ]);
});

test('how settings are written, and what changes no number, does not matter', async () => {
  const { key } = await savedKey(settings('train.lr=0.01'), [leg(5, 'train.lr=0.010')]);
  const again = await savedKey(settings('name=other'), [leg(5, 'train.checkpoint_every_steps=3')]);
  expect(again.key).toBe(key);
});
