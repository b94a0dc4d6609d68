/**
 * What a penalty is: a number made of the network's function or of its embedding, as an expression of the model's parameters,
 * and what else has to lie in memory for it. No penalty reads a label.
 */

import type { Experiment } from '../../config/index.ts';
import type { Expr } from '../../engine/index.ts';
import type { Model } from '../../models/index.ts';
import type { Dataset } from '../../tasks/index.ts';

/** What a penalty is made of; nothing here has the size of the data, so that its cost can be foretold. */
export interface PenaltySetting {
  readonly experiment: Experiment;
  readonly model: Model;
  /** Values of one operand, N for Z_N. */
  readonly order: number;
  /** Train examples. */
  readonly trainExamples: number;
}

/** A tensor that is set once, before the first step. */
export interface Given {
  /** A parameter of a name of its own. */
  readonly node: Expr;
  values(dataset: Dataset): ArrayLike<number>;
}

/** A tensor that is made from the weights every so many steps, constant to the gradient. It belongs to the state. */
export interface Refreshed {
  /** A parameter of a name of its own. */
  readonly node: Expr;
  /** What it is made of. */
  readonly source: Expr;
  values(source: ArrayLike<number>): ArrayLike<number>;
}

export interface Penalty {
  /** What is penalised and logged, shape [], f64. */
  readonly value: Expr;
  /** The inputs that the network is run on: every element of the input group, the train examples, or none. */
  readonly inputs: 'all' | 'train' | 'none';
  /** Columns of those inputs that the data set lacks; rows are elements for `all`, examples of the data set for `train`. */
  columns(dataset: Dataset): Record<string, Int32Array>;
  readonly given: readonly Given[];
  readonly refreshed: readonly Refreshed[];
}

export type PenaltyBuilder = (setting: PenaltySetting) => Penalty;
