import { NUMERIC_VERSION } from 'grokscope';
import { expect, test } from 'vitest';
import { restore, resumptionOf } from './restore.ts';
import type { SavedTraining, TrainingStore } from './saved-training.ts';

const milestones = {
  memorized_step: null,
  grokked_step: null,
} as SavedTraining['history'][number]['milestones'];

function saved(numericVersion: string): SavedTraining {
  const row = (step: number, split: string, accuracy: number) => ({
    step,
    split,
    values: { accuracy, loss: 1 },
  });
  const history = [0, 5].map((step) => ({
    rows: [row(step, 'train', 0.5 + step / 10), row(step, 'val', step / 10)],
    extra: {},
    milestones,
  }));
  const state = { step: 5, tensors: new Map() };
  return { numericVersion, savedAt: 0, family: 'run', evaluations: 2, state, history };
}

function storeOf(training: SavedTraining | undefined) {
  const forgotten: string[] = [];
  const store: TrainingStore = {
    save: async () => {},
    load: async () => training,
    outline: async () => undefined,
    forget: async (key) => {
      forgotten.push(key);
    },
  };
  return { store, forgotten };
}

test('a training of this numeric version goes on with its state and the accuracies seen so far', async () => {
  const { training, notice } = await restore(storeOf(saved(NUMERIC_VERSION)).store, 'run');
  expect(notice).toBeUndefined();
  expect(resumptionOf(training as SavedTraining)).toEqual({
    state: { step: 5, tensors: new Map() },
    history: [
      { step: 0, train: 0.5, val: 0 },
      { step: 5, train: 1, val: 0.5 },
    ],
  });
});

test('one of another numeric version is forgotten, and a sentence names both versions', async () => {
  const { store, forgotten } = storeOf(saved('0'));
  const { training, notice } = await restore(store, 'run');
  expect(training).toBeUndefined();
  expect(forgotten).toEqual(['run']);
  expect(notice).toMatch(new RegExp(`version 0, .* version ${NUMERIC_VERSION}, .* step 0`));
});

test('a store that cannot be read is like an empty one', async () => {
  const { store } = storeOf(undefined);
  const closed = { ...store, load: () => Promise.reject(new Error('closed')) };
  expect(await restore(closed, 'run')).toEqual({});
});

test.each<[string, (training: SavedTraining) => unknown]>([
  ['no state', (training) => ({ ...training, state: undefined })],
  ['a state without weights', (training) => ({ ...training, state: { step: 5 } })],
  ['an evaluation without rows', ({ history, ...rest }) => ({ ...rest, history: [{}, history[1]] })],
  ['an evaluation twice', ({ history, ...rest }) => ({ ...rest, history: [history[0], ...history] })],
  ['rows after its state', (training) => ({ ...training, state: { ...training.state, step: 4 } })],
])('a training that was saved with %s is dropped with a sentence', async (_, damage) => {
  const { store, forgotten } = storeOf(damage(saved(NUMERIC_VERSION)) as SavedTraining);
  const { training, notice } = await restore(store, 'run');
  expect(training).toBeUndefined();
  expect(notice).toMatch(/is damaged, and is dropped/);
  expect(forgotten).toEqual(['run']);
});
