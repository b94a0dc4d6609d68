/**
 * The two-layer network ŷ = σ(X W₁) W₂ without biases, X the concatenated or summed one-hots of the operands
 * (Gromov 2301.02679; Musat 2511.01938), or bits as signs.
 */

import type { TwoLayerConfig } from '../config/index.ts';
import { matmul } from '../engine/index.ts';
import { analyticWeights } from './analytic.ts';
import { bitSigns } from './bit_signs.ts';
import { cubeRoot } from './cube_root.ts';
import { matrixInitializer, normal } from './initializers.ts';
import type { Model, ModelBuilder } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';
import { concatenatedLookup, operandEmbeddings, summedLookup } from './operand_lookup.ts';
import { Weights } from './weights.ts';

/** Parameters W_1 [2p, p or, for signs, operands; hidden_dim] and W_2 [hidden_dim, classes]; activations hidden_pre and hidden. */
export const twoLayer: ModelBuilder<TwoLayerConfig> = (config, data, dtype): Model => {
  const { hidden_dim, input, init } = config;
  const { vocabulary, classes, operands } = data;
  const rows = { concat: operands * vocabulary, sum: vocabulary, signs: operands }[input];
  const own = normal(0.5 / cubeRoot(2 * hidden_dim)); // of Gromov's experiments
  const weights = new Weights(dtype);
  const W_1 = weights.declare('W_1', [rows, hidden_dim], matrixInitializer(init, own, rows));
  const W_2 = weights.declare('W_2', [hidden_dim, classes], matrixInitializer(init, own, hidden_dim));

  return {
    parameters: weights.parameters,
    embeddings: {
      concat: () => operandEmbeddings('W_1', W_1, operands, vocabulary),
      sum: () => [{ name: 'W_1', table: W_1 }],
      signs: () => [],
    }[input](),
    readOut: { activation: 'hidden', inputs: rows, matrix: W_2 },
    initial: init.type === 'analytic' ? analyticInitial(config, data) : weights.initial,
    forward: (tokens) => {
      const pre = {
        concat: () => concatenatedLookup(W_1, tokens, vocabulary),
        sum: () => summedLookup(W_1, tokens),
        signs: () => matmul(bitSigns(tokens, vocabulary, dtype), W_1),
      }[input]();
      const hidden = nonlinearities[config.activation](pre);
      return { logits: matmul(hidden, W_2), activations: { hidden_pre: pre, hidden } };
    },
  };
};

function analyticInitial(
  config: TwoLayerConfig,
  data: { vocabulary: number; classes: number; operands: number },
) {
  const { vocabulary, classes, operands } = data;
  const { activation, input, hidden_dim } = config;
  if (activation !== 'quadratic' || input !== 'concat' || operands !== 2 || classes !== vocabulary) {
    throw new Error(
      'model.init: analytic weights exist for activation quadratic, input concat and an addition of two operands ' +
        `modulo the number of classes, got activation ${activation}, input ${input}, ${operands} operands, ` +
        `${vocabulary} tokens and ${classes} classes; choose another init or this network`,
    );
  }
  return (seed: number) => new Map(Object.entries(analyticWeights(seed, vocabulary, hidden_dim)));
}
