/** Cross-entropy: −log softmax(z/τ)_y, in f32 or, cast, in f64. */

import { logSoftmax } from '../../engine/index.ts';
import { type Loss, temperedInLossDtype } from './loss.ts';
import { negativeLogLikelihood } from './negative_log_likelihood.ts';

/** The value has dtype `log_softmax_dtype`. */
export const crossEntropy: Loss = (logits, label, options) =>
  negativeLogLikelihood(logSoftmax(temperedInLossDtype(logits, options)), label, options.label_smoothing);
