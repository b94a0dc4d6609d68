/**
 * The kinds of weight decay, which are not the same: `decoupled` shrinks the weights beside the gradient's step
 * (Loshchilov and Hutter 1711.05101), `l2` adds wd·w to the gradient, `loss` adds (wd/2)·‖θ‖² to the objective (see
 * objective.ts; the gradient handed to the optimiser then has wd·w in it already), `none` does nothing.
 */

import type { Expr } from '../../engine/index.ts';
import { add, mul } from '../../engine/index.ts';
import type { OptimizerOptions } from './optimizer.ts';

type DecayOptions = Pick<OptimizerOptions, 'weight_decay' | 'weight_decay_kind'>;

/** The gradient with wd·w added for kind `l2`, as it is for the others. */
export function withL2(gradient: Expr, parameter: Expr, options: DecayOptions): Expr {
  const active = options.weight_decay_kind === 'l2' && options.weight_decay !== 0;
  return active ? add(gradient, mul(parameter, options.weight_decay)) : gradient;
}

/** Whether weights are multiplied by 1 − lr·wd at each step. */
export function isDecoupled(options: DecayOptions): boolean {
  return options.weight_decay_kind === 'decoupled' && options.weight_decay !== 0;
}
