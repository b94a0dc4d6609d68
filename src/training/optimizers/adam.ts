/**
 * Adam (Kingma and Ba 1412.6980) and AdamW (Loshchilov and Hutter 1711.05101), which differ in the kind of weight decay
 * only, in PyTorch's order of operations:
 * w ← w·(1 − lr·wd) if decoupled; m ← m + (1 − β₁)(g − m); v ← β₂v + (1 − β₂)g²;
 * w ← w − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε), with numerator and denominator of the last multiplied by √(1 − β₂ᵗ), so
 * that there is one division for each weight.
 */

import {
  add,
  constant,
  div,
  input,
  mul,
  mulAdd,
  parameter as newParameter,
  sqrt,
  square,
  sub,
} from '../../engine/index.ts';
import { wholePower } from '../whole_power.ts';
import { flush } from './flush.ts';
import type { OptimizerBuilder } from './optimizer.ts';
import { parameterName } from './parameter_name.ts';
import { isDecoupled, withL2 } from './weight_decay.ts';

/**
 * State: `adam.exp_avg.<name>` (m) and `adam.exp_avg_sq.<name>` (v). Settings: `adam.move` = −lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ),
 * `adam.epsilon` = ε·√(1 − β₂ᵗ) and `adam.shrink` = 1 − lr·wd.
 */
export const adam: OptimizerBuilder = (options, dtype) => {
  const { betas, eps, weight_decay } = options;
  const [beta1, beta2] = betas;
  const decoupled = isDecoupled(options);
  const setting = (name: string) => input(`adam.${name}`, [], dtype, { examples: false });
  const move = setting('move');
  const epsilon = setting('epsilon');
  const shrink = setting('shrink');
  const fresh = (beta: number) => constant(1 - beta, [], dtype);
  return {
    update: (w, gradient) => {
      const g = flush(withL2(gradient, w, options), 'gradient');
      const m = newParameter(`adam.exp_avg.${parameterName(w)}`, w.shape, dtype);
      const v = newParameter(`adam.exp_avg_sq.${parameterName(w)}`, w.shape, dtype);
      const nextM = flush(mulAdd(sub(g, m), fresh(beta1), m), 'value');
      const nextV = flush(mulAdd(square(g), fresh(beta2), mul(v, beta2)), 'square');
      const before = decoupled ? mul(w, shrink) : w;
      const direction = div(nextM, add(sqrt(nextV), epsilon));
      return {
        state: [m, v],
        updates: [
          [m, nextM],
          [v, nextV],
          [w, flush(mulAdd(direction, move, before), 'value')],
        ],
      };
    },
    settings: ['adam.move', 'adam.epsilon', 'adam.shrink'],
    writeSettings: (step, lr, values, at) => {
      const rootCorrection = Math.sqrt(1 - wholePower(beta2, step));
      values[at] = (-lr * rootCorrection) / (1 - wholePower(beta1, step));
      values[at + 1] = eps * rootCorrection;
      values[at + 2] = 1 - lr * weight_decay;
    },
  };
};
