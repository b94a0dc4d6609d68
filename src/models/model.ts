/**
 * What a network is to the rest of the house: named parameters, a forward pass written on engine expressions for
 * one example, and initial values that depend on nothing but the seed and the parameters' names.
 */

import type { Dtype, Expr } from '../engine/index.ts';

/** What a model needs to know of the data it reads. */
export interface ModelData {
  /** Number of different tokens, p for a modular task. */
  vocabulary: number;
  /** Number of answers. */
  classes: number;
  /** Operand columns of an example: 2 for a binary operation. */
  operands: number;
  /** Answers of an example, 1 where nothing is said. */
  answers?: number;
}

/** What a forward pass gives for one example. */
export interface Forward {
  /** [classes], or [answers, classes] where there are several, per example. */
  logits: Expr;
  /** Inner values by name (TransformerLens hook names where they exist), per example. Unused ones cost nothing. */
  activations: Record<string, Expr>;
}

/**
 * A table that gives every token a vector of its own. A network that reads one-hots has one too, the rows of its first matrix;
 * where each operand has rows of its own, that is a table for each operand.
 */
export interface Embedding {
  /** Of its parameter, with the operand's number from 0 behind a dot where a table belongs to one operand: `W_1.0`. */
  readonly name: string;
  /** [vocabulary, width], a parameter of the model or a part of one: row t is the vector of token t. */
  readonly table: Expr;
}

/** How a last hidden layer h is read: z = h W + b. */
export interface ReadOut {
  /** Name of its activation, [width]. */
  readonly activation: string;
  /** Numbers that each of its units reads. */
  readonly inputs: number;
  /** W [width, classes]. */
  readonly matrix: Expr;
  /** b [classes]; 0 where there is none. */
  readonly bias?: Expr;
}

/** A network: its parameters, its function, and how it begins. */
export interface Model {
  /** In a fixed order, which is the order of checkpoints and of the norms summed over parameters. */
  parameters: Expr[];
  /** Its token embeddings, each token of the task in each; none where tokens are read as signs. */
  embeddings: readonly Embedding[];
  /** The last hidden layer, where the logits are nothing but its activations times a matrix plus a bias. */
  readOut?: ReadOut;
  /**
   * The network on one example.
   *
   * @param tokens one i32 expression of shape [] with the example axis per operand
   * @param mode `train` switches dropout on
   */
  forward(tokens: readonly Expr[], mode: 'train' | 'eval'): Forward;
  /** Initial values by parameter name, dense and row-major, in f64; an f32 model rounds them. */
  initial(seed: number): Map<string, Float64Array>;
}

/** Builds one kind of model from its part of the configuration. */
export type ModelBuilder<Config> = (config: Config, data: ModelData, dtype: Dtype) => Model;
