/** What an optimiser is: how one parameter and its state move, as expressions, and the numbers that change by step. */

import type { TrainConfig } from '../../config/index.ts';
import type { Dtype, Expr } from '../../engine/index.ts';

export interface ParameterUpdate {
  /** The optimiser's memory of this parameter, as parameters of their own that begin at zero. */
  state: Expr[];
  /** Pairs of a parameter and its next value; all are read before any is written. */
  updates: [Expr, Expr][];
}

export interface Optimizer {
  /** The update of one parameter from its gradient (after clipping, before weight decay). */
  update(parameter: Expr, gradient: Expr): ParameterUpdate;
  /** Names of the settings that its updates read. */
  settings: readonly string[];
  /**
   * Writes the values of the settings for one step, in the order of their names, computed in f64 by arithmetic alone: a
   * pure function of the step, so that a resumed run has them too.
   *
   * @param step counted from 1
   * @param lr of this step
   * @param values written from index `at` on
   */
  writeSettings(step: number, lr: number, values: Float64Array, at: number): void;
}

export type OptimizerOptions = Pick<
  TrainConfig,
  'optimizer' | 'momentum' | 'nesterov' | 'weight_decay' | 'weight_decay_kind' | 'betas' | 'eps'
>;

export type OptimizerBuilder = (options: OptimizerOptions, dtype: Dtype) => Optimizer;
