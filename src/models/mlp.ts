/**
 * The multilayer perceptron: operands as one-hots, learned vectors or signs side by side, `layers` hidden layers of
 * `hidden_dim` units with biases, dropout after each activation, and a linear read-out.
 */

import type { MlpConfig } from '../config/index.ts';
import type { Expr } from '../engine/index.ts';
import { add, concat, dropoutMask, gather, matmul, mul } from '../engine/index.ts';
import { bitSigns } from './bit_signs.ts';
import { embeddingDefault, linearDefault, matrixInitializer } from './initializers.ts';
import type { Model, ModelBuilder } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';
import { concatenatedLookup, operandEmbeddings } from './operand_lookup.ts';
import { Weights } from './weights.ts';

/**
 * Parameters hidden.0.W [inputs, hidden_dim], hidden.0.b [hidden_dim], hidden.1.W …, output.W [hidden_dim, classes],
 * output.b [classes], and with learned inputs E [vocabulary, embed_dim] first; by default all begin as in PyTorch,
 * U(±1/√fan_in) and E ~ N(0, 1). Activations: hidden.0.pre, hidden.0, hidden.1.pre, … (before dropout).
 */
export const mlp: ModelBuilder<MlpConfig> = (config, data, dtype): Model => {
  const { hidden_dim, layers, dropout, init } = config;
  const { vocabulary, classes, operands } = data;
  const { type: encoding, embed_dim } = config.input_encoding;
  const activate = nonlinearities[config.activation];
  const weights = new Weights(dtype);

  const linear = (name: string, inputs: number, outputs: number): { W: Expr; b: Expr } => ({
    W: weights.declare(
      `${name}.W`,
      [inputs, outputs],
      matrixInitializer(init, linearDefault(inputs), inputs),
    ),
    b: weights.declare(`${name}.b`, [outputs], linearDefault(inputs)),
  });
  const E =
    encoding === 'learned'
      ? weights.declare('E', [vocabulary, embed_dim], matrixInitializer(init, embeddingDefault, vocabulary))
      : undefined;
  const inputs = operands * { one_hot: vocabulary, learned: embed_dim, signs: 1 }[encoding];
  const hidden = Array.from({ length: layers }, (_, i) =>
    linear(`hidden.${i}`, i === 0 ? inputs : hidden_dim, hidden_dim),
  );
  const output = linear('output', hidden_dim, classes);

  return {
    parameters: weights.parameters,
    embeddings: {
      learned: () => [{ name: 'E', table: E as Expr }],
      one_hot: () => operandEmbeddings('hidden.0.W', (hidden[0] as { W: Expr }).W, operands, vocabulary),
      signs: () => [],
    }[encoding](),
    readOut: {
      activation: `hidden.${layers - 1}`,
      inputs: layers === 1 ? inputs : hidden_dim,
      matrix: output.W,
      bias: output.b,
    },
    initial: weights.initial,
    forward: (tokens, mode) => {
      const activations: Record<string, Expr> = {};
      const learned = E && tokens.map((token) => gather(E, token));
      let x: Expr | undefined = learned && concat(learned, 0);
      if (encoding === 'signs') x = bitSigns(tokens, vocabulary, dtype);
      for (const [i, { W, b }] of hidden.entries()) {
        const pre = add(x ? matmul(x, W) : concatenatedLookup(W, tokens, vocabulary), b);
        x = activate(pre);
        activations[`hidden.${i}.pre`] = pre;
        activations[`hidden.${i}`] = x;
        if (mode === 'train' && dropout > 0) {
          x = mul(x, dropoutMask([hidden_dim], dropout, `dropout.${i}`, dtype));
        }
      }
      return { logits: add(matmul(x as Expr, output.W), output.b), activations };
    },
  };
};
