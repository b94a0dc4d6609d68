import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween, changeWords, withChanges } from './changes.ts';

const written = (...overrides: string[]) => ({ preset: 'r1', overrides });

test('the changes between two settings lead from one to the other, in whatever order and however often keys are written', () => {
  const override = fc
    .tuple(fc.constantFrom('a', 'b', 'model', 'model.width'), fc.constantFrom('1', '2', 'x=y', ''))
    .map(([key, value]) => `${key}=${value}`);
  fc.assert(
    fc.property(fc.array(override, { maxLength: 5 }), fc.array(override, { maxLength: 5 }), (one, other) => {
      const changes = changesBetween(written(...one), written(...other));
      expect(withChanges(written(...one), changes)).toEqual(written(...other));
    }),
  );
});

test('a change is what is written otherwise, or taken back, and nothing where nothing is', () => {
  const before = written('train.lr=0.1', 'seed=3');
  const after = written('train.lr=0.2', 'train.weight_decay=0');
  const changes = changesBetween(before, after);
  expect(changes).toEqual(['train.lr=0.2', 'train.weight_decay=0', 'seed']);
  expect(changeWords(changes, after)).toEqual([
    'train.lr=0.2',
    'train.weight_decay=0',
    'seed as in the preset',
  ]);
  expect(changeWords(['seed'], { ...after, recorded: 'seed: 2' })).toEqual(['seed as in the recorded run']);
  expect(changesBetween(before, before)).toEqual([]);
});
