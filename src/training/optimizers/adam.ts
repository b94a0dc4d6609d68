/**
 * Adam (Kingma and Ba 1412.6980) and AdamW (Loshchilov and Hutter 1711.05101), which differ in the kind of weight decay
 * only, in PyTorch's order of operations:
 * w ← w·(1 − lr·wd) if decoupled; m ← m + (1 − β₁)(g − m); v ← β₂v + (1 − β₂)g²;
 * w ← w − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
 */

import { add, div, input, mul, parameter as newParameter, sqrt, square, sub } from '../../engine/index.ts';
import { wholePower } from '../whole_power.ts';
import { flush } from './flush.ts';
import type { OptimizerBuilder } from './optimizer.ts';
import { parameterName } from './parameter_name.ts';
import { isDecoupled, withL2 } from './weight_decay.ts';

/**
 * State: `adam.exp_avg.<name>` (m) and `adam.exp_avg_sq.<name>` (v). Settings: `adam.step_size` = lr/(1 − β₁ᵗ),
 * `adam.root_correction` = √(1 − β₂ᵗ) and `adam.shrink` = 1 − lr·wd.
 */
export const adam: OptimizerBuilder = (options, dtype) => {
  const { betas, eps, weight_decay } = options;
  const [beta1, beta2] = betas;
  const decoupled = isDecoupled(options);
  const setting = (name: string) => input(`adam.${name}`, [], dtype, { examples: false });
  const stepSize = setting('step_size');
  const rootCorrection = setting('root_correction');
  const shrink = setting('shrink');
  return {
    update: (w, gradient) => {
      const g = flush(withL2(gradient, w, options), 'gradient');
      const m = newParameter(`adam.exp_avg.${parameterName(w)}`, w.shape, dtype);
      const v = newParameter(`adam.exp_avg_sq.${parameterName(w)}`, w.shape, dtype);
      const nextM = flush(add(m, mul(sub(g, m), 1 - beta1)), 'value');
      const nextV = flush(add(mul(v, beta2), mul(square(g), 1 - beta2)), 'square');
      const denominator = add(div(sqrt(nextV), rootCorrection), eps);
      const before = decoupled ? mul(w, shrink) : w;
      return {
        state: [m, v],
        updates: [
          [m, nextM],
          [v, nextV],
          [w, flush(sub(before, mul(div(nextM, denominator), stepSize)), 'value')],
        ],
      };
    },
    settings: (step, lr) => ({
      'adam.step_size': lr / (1 - wholePower(beta1, step)),
      'adam.root_correction': Math.sqrt(1 - wholePower(beta2, step)),
      ...(decoupled ? { 'adam.shrink': 1 - lr * weight_decay } : {}),
    }),
  };
};
