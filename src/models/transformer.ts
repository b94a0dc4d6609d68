/**
 * The transformer on tokens [a, b, =] whose answer is read at the last position (Power et al. 2201.02177; Nanda et
 * al. 2301.05217), with the parameter and hook names of TransformerLens, written out for all positions: what is not
 * read is left out by the engine.
 */

import type { TransformerConfig } from '../config/index.ts';
import type { Expr } from '../engine/index.ts';
import { add, concat, gather, matmul, reshape, slice } from '../engine/index.ts';
import { attention } from './attention.ts';
import { matrixInitializer, normal, zeros } from './initializers.ts';
import type { Model, ModelBuilder } from './model.ts';
import { nonlinearities } from './nonlinearity.ts';
import { normalization } from './normalization.ts';
import { Weights } from './weights.ts';

/**
 * With A > 1 answers the sequence is [x₁ … x_L, =, x₁ … x_(A−1)], as in the task `copy`: the right answers so far are given
 * (teacher forcing), and each answer is read where the one before it stands, from "=" on. Every block is then causal.
 *
 * Parameters: embed.W_E [p + 1, d_model] (row p is the token "="), pos_embed.W_pos [operands + answers, d_model],
 * blocks.i.attn.W_Q, W_K, W_V [heads, d_model, d_head], W_O [heads, d_head, d_model], blocks.i.mlp.W_in
 * [d_model, d_mlp], b_in, W_out, b_out, unembed.W_U [d_model, p], and with norm layer or rms the blocks.i.ln1, ln2
 * and ln_final. By default W ~ N(0, 1/d_model), W_U ~ N(0, 1/p), biases 0; attention has no biases.
 *
 * Attention is causal, as in TransformerLens, in every block but the last, where only the last position is read and
 * sees everything anyway: there, hooks of earlier positions are those of full attention. `answer` is what W_U reads.
 */
export const transformer: ModelBuilder<TransformerConfig> = (config, data, dtype): Model => {
  const { layers, d_model, heads, d_mlp, init } = config;
  const { vocabulary, classes, operands, answers = 1 } = data;
  if (d_model % heads !== 0) {
    throw new Error(`model.heads: must divide d_model, got ${heads} heads for d_model ${d_model}`);
  }
  const positions = operands + answers;
  const activate = nonlinearities[config.activation];
  const weights = new Weights(dtype);
  const norm = normalization(config.norm, d_model, weights);
  const own = normal(1 / Math.sqrt(d_model));
  const matrix = (name: string, shape: readonly number[], fanIn: number, initializer = own) =>
    weights.declare(name, shape, matrixInitializer(init, initializer, fanIn));

  const W_E = matrix('embed.W_E', [vocabulary + 1, d_model], vocabulary + 1);
  const W_pos = matrix('pos_embed.W_pos', [positions, d_model], positions);
  const blocks = Array.from({ length: layers }, (_, i) => {
    const name = `blocks.${i}`;
    return {
      name,
      readAttention: norm.reader(`${name}.ln1`),
      attend: attention(
        `${name}.attn`,
        { kind: config.attention, positions, d_model, heads, causal: answers > 1 || i < layers - 1 },
        (matrixName, shape) => matrix(matrixName, shape, d_model),
        dtype,
      ),
      readMlp: norm.reader(`${name}.ln2`),
      W_in: matrix(`${name}.mlp.W_in`, [d_model, d_mlp], d_model),
      b_in: weights.declare(`${name}.mlp.b_in`, [d_mlp], zeros),
      W_out: matrix(`${name}.mlp.W_out`, [d_mlp, d_model], d_mlp),
      b_out: weights.declare(`${name}.mlp.b_out`, [d_model], zeros),
    };
  });
  const readFinal = norm.reader('ln_final');
  const W_U = matrix('unembed.W_U', [d_model, classes], d_model, normal(1 / Math.sqrt(vocabulary)));

  return {
    parameters: weights.parameters,
    // Without the row of "=", which is no operand.
    embeddings: [{ name: 'embed.W_E', table: slice(W_E, 0, 0, vocabulary) }],
    initial: weights.initial,
    forward: (tokens) => {
      const operandRows = tokens.map((token) => reshape(gather(W_E, token), [1, d_model]));
      const equals = slice(W_E, 0, vocabulary, vocabulary + 1);
      const embed = concat([...operandRows, equals, ...operandRows.slice(0, answers - 1)], 0);
      const activations: Record<string, Expr> = { hook_embed: embed };
      let stream = norm.settle(add(embed, W_pos)); // [positions, d_model]
      for (const { name, readAttention, attend, readMlp, W_in, b_in, W_out, b_out } of blocks) {
        activations[`${name}.hook_resid_pre`] = stream;
        const { out: attended, hooks } = attend(readAttention(stream));
        Object.assign(activations, hooks, { [`${name}.hook_attn_out`]: attended });
        stream = norm.settle(add(stream, attended));
        activations[`${name}.hook_resid_mid`] = stream;
        const pre = add(matmul(readMlp(stream), W_in), b_in);
        const post = activate(pre);
        const mlpOut = add(matmul(post, W_out), b_out);
        stream = norm.settle(add(stream, mlpOut));
        activations[`${name}.mlp.hook_pre`] = pre;
        activations[`${name}.mlp.hook_post`] = post;
        activations[`${name}.hook_mlp_out`] = mlpOut;
        activations[`${name}.hook_resid_post`] = stream;
      }
      const read = slice(stream, 0, operands, positions);
      const answer = readFinal(answers === 1 ? reshape(read, [d_model]) : read);
      activations.answer = answer;
      return { logits: matmul(answer, W_U), activations };
    },
  };
};
