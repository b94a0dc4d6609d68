/**
 * Stochastic gradient descent with momentum, in the form of PyTorch's SGD (dampening 0):
 * b ← μb + g; w ← w − lr·b, or with Nesterov w ← w − lr·(g + μb).
 */

import type { Expr } from '../../engine/index.ts';
import { add, input, mul, parameter as newParameter, sub } from '../../engine/index.ts';
import { flush } from './flush.ts';
import type { OptimizerBuilder } from './optimizer.ts';
import { parameterName } from './parameter_name.ts';
import { isDecoupled, withL2 } from './weight_decay.ts';

/** State with momentum: `sgd.momentum_buffer.<name>`. Settings: `sgd.lr` and `sgd.shrink` = 1 − lr·wd. */
export const sgd: OptimizerBuilder = (options, dtype) => {
  const { momentum, nesterov, weight_decay } = options;
  const decoupled = isDecoupled(options);
  const lr = input('sgd.lr', [], dtype, { examples: false });
  const shrink = input('sgd.shrink', [], dtype, { examples: false });
  return {
    update: (w, gradient) => {
      const g = flush(withL2(gradient, w, options), 'gradient');
      const before = decoupled ? mul(w, shrink) : w;
      const moved = (direction: Expr) => flush(sub(before, mul(direction, lr)), 'value');
      if (momentum === 0) return { state: [], updates: [[w, moved(g)]] };
      const buffer = newParameter(`sgd.momentum_buffer.${parameterName(w)}`, w.shape, dtype);
      const nextBuffer = flush(add(mul(buffer, momentum), g), 'value');
      const direction = nesterov ? add(g, mul(nextBuffer, momentum)) : nextBuffer;
      return {
        state: [buffer],
        updates: [
          [buffer, nextBuffer],
          [w, moved(direction)],
        ],
      };
    },
    settings: ['sgd.lr', 'sgd.shrink'],
    writeSettings: (_step, rate, values, at) => {
      values[at] = rate;
      values[at + 1] = 1 - rate * weight_decay;
    },
  };
};
