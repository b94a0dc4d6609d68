/** Mean squared error to the one-hot label: mean over classes of (z/τ − e_y)², as PyTorch's MSELoss over all elements. */

import { mean, oneHot, square, sub } from '../../engine/index.ts';
import { type Loss, temper } from './loss.ts';

export const meanSquaredError: Loss = (logits, label, options) => {
  const target = oneHot(label, logits.shape.at(-1) as number, logits.dtype);
  return mean(square(sub(temper(logits, options.temperature), target)), [-1]);
};
