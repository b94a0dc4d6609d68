/** The four networks, told apart by `type`; src/models writes them as mathematics. */
import { z } from 'zod';
import { initSchema, twoLayerInitSchema } from './initialization.ts';
import { count, partialShare } from './numbers.ts';

const activation = z.enum(['relu', 'quadratic', 'gelu']);

const output = z
  .enum(['logits', 'margin'])
  .default('logits')
  .describe(
    'logits: one output a class; margin: of two classes, a single output f, with logits (−f/2, f/2). Default logits.',
  );

export const twoLayerSchema = z
  .strictObject({
    type: z.literal('two_layer').describe('ŷ = σ(x W₁) W₂ without biases.'),
    hidden_dim: count.default(500).describe('Hidden units. Default 500, as in the quadratic reference run.'),
    input: z
      .enum(['concat', 'sum', 'signs'])
      .default('concat')
      .describe(
        'x: the one-hots side by side, or added, or bits as −1 and +1. Default concat, as in the quadratic reference run.',
      ),
    activation: activation
      .default('quadratic')
      .describe('σ. Default quadratic: it has a closed-form solution to compare with.'),
    output,
    init: twoLayerInitSchema,
  })
  .meta({ title: 'two_layer' });

export const embeddingMlpSchema = z
  .strictObject({
    type: z.literal('embedding_mlp').describe('One embedding for both operands, one hidden layer, classes.'),
    embed_dim: count.default(128).describe('Width of the embedding. Default 128, as in the published run.'),
    combine: z
      .enum(['concat', 'sum'])
      .default('concat')
      .describe('How the two embeddings meet. Default concat, as in the published run.'),
    hidden_dim: count.default(256).describe('Hidden units. Default 256, as in the published run.'),
    activation: activation.default('gelu').describe('Default gelu, as in the published run.'),
    init: initSchema,
  })
  .meta({ title: 'embedding_mlp' });

export const mlpSchema = z
  .strictObject({
    type: z.literal('mlp').describe('`layers` hidden layers of `hidden_dim` units on encoded operands.'),
    hidden_dim: count.default(256).describe('Units of each hidden layer. Default 256.'),
    layers: count.default(3).describe('Hidden layers. Default 3.'),
    activation: activation.default('relu').describe('Default relu: the common choice for plain networks.'),
    dropout: partialShare
      .default(0)
      .describe('Share of hidden units dropped in training. Default 0: weight decay alone regularises.'),
    input_encoding: z
      .strictObject({
        type: z
          .enum(['one_hot', 'learned', 'signs'])
          .default('one_hot')
          .describe(
            'How an operand enters; signs: a bit as −1 or +1. Default one_hot: nothing about the numbers is given away.',
          ),
        embed_dim: z
          .int()
          .min(0)
          .max(2 ** 31 - 1)
          .default(0)
          .describe('Width of a learned encoding (at least 1 there); not used by the others. Default 0.'),
      })
      .prefault({}),
    output,
    init: initSchema,
  })
  .meta({ title: 'mlp' });

export const transformerSchema = z
  .strictObject({
    type: z
      .literal('transformer')
      .describe(
        'Tokens [a, b, =]; the answer is read at the last. With several answers, as in copy, the tokens are said again after = and each answer is read one place before.',
      ),
    layers: count.default(1).describe('Blocks. Default 1: the network whose algorithm is known.'),
    d_model: count.default(128).describe('Width of the residual stream. Default 128, the reference.'),
    heads: count.default(4).describe('Attention heads; divides d_model. Default 4, the reference.'),
    d_mlp: count.default(512).describe('Hidden units of each MLP. Default 512, the reference.'),
    activation: activation.default('relu').describe('Of the MLPs. Default relu, the reference.'),
    norm: z
      .enum(['none', 'layer', 'rms', 'sphere'])
      .default('none')
      .describe('Normalisation of the residual stream. Default none, the reference.'),
    attention: z
      .enum(['softmax', 'uniform'])
      .default('softmax')
      .describe('uniform: every visible position weighs the same. Default softmax, the reference.'),
    init: initSchema,
  })
  .meta({ title: 'transformer' });

export const modelSchema = z.discriminatedUnion('type', [
  twoLayerSchema,
  embeddingMlpSchema,
  mlpSchema,
  transformerSchema,
]);

export type ModelConfig = z.output<typeof modelSchema>;
export type TwoLayerConfig = z.output<typeof twoLayerSchema>;
export type EmbeddingMlpConfig = z.output<typeof embeddingMlpSchema>;
export type MlpConfig = z.output<typeof mlpSchema>;
export type TransformerConfig = z.output<typeof transformerSchema>;
export type Activation = z.output<typeof activation>;
