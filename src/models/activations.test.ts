import { expect, test } from 'vitest';
import { activationNamed, activationNames } from '../config/activations.ts';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { input } from '../engine/index.ts';
import { buildModel } from './index.ts';

const models: ExperimentInput['model'][] = [
  { type: 'two_layer' },
  { type: 'embedding_mlp' },
  { type: 'mlp', layers: 2 },
  { type: 'transformer', layers: 2 },
  { type: 'transformer', attention: 'uniform' },
];

test.each(models)('the activations that a configuration may name are those of the model: %j', (written) => {
  const { model } = experimentFromObject({ model: written }).experiment;
  const built = buildModel(model, { vocabulary: 5, classes: 5, operands: 2 }, 'f32');
  const tokens = [0, 1].map((i) => input(`t${i}`, [], 'i32', { examples: true }));
  const { activations } = built.forward(tokens, 'eval');
  expect(activationNames(model).toSorted()).toEqual(Object.keys(activations).toSorted());
});

test('a short word means the last layer that has it', () => {
  const named = (word: string, written: ExperimentInput['model']) =>
    activationNamed(word, experimentFromObject({ model: written }).experiment.model);
  expect(named('attn_out', { type: 'transformer', layers: 2 })).toBe('blocks.1.hook_attn_out');
  expect(named('hidden', { type: 'transformer' })).toBe('blocks.0.mlp.hook_post');
  expect(named('hidden', { type: 'mlp', layers: 3 })).toBe('hidden.2');
  expect(named('hidden', { type: 'two_layer' })).toBe('hidden');
  expect(named('attn_out', { type: 'mlp' })).toBeUndefined();
});
