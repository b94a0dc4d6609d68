/**
 * Restricted and excluded loss (Nanda et al. 2023, arXiv:2301.05217): the loss with only the waves of the key frequencies
 * in a + b kept in the logits, and the train loss with only them removed. The first falls while the circuit forms, the
 * second rises: both move before held-out accuracy does.
 */

import { meanCrossEntropy } from './cross-entropy.ts';
import { requireShape } from './expected-shape.ts';
import { trigonometricTable } from './trigonometric-table.ts';

export interface AnsweredLogits {
  readonly p: number;
  readonly classes: number;
  /** [p², classes]: logits of all inputs, in any order. */
  readonly logits: ArrayLike<number>;
  /**
   * [p²], without label noise, in the order of the logits, 0 … p − 1. Waves run over the answer: a + b for addition, a − b
   * for subtraction. Each must occur p times.
   */
  readonly answers: ArrayLike<number>;
}

/**
 * The restricted logits, [p, classes], one row for each answer (they depend on nothing else):
 * mean + Σ_k (u uᵀ + v vᵀ)(L − mean), u and v the unit vectors cos w_k·answer and sin w_k·answer over the inputs.
 *
 * @param keys the frequencies, each once, 1 … ⌊p/2⌋
 * @throws {RangeError} for arrays of another size, answers that do not occur p times each, or other frequencies
 */
export function restrictedLogits(input: AnsweredLogits, keys: readonly number[]): Float64Array {
  const { mean, waves } = answerWaves('restrictedLogits', input, keys);
  return waves.map((value, index) => value + mean[index % input.classes]);
}

/** Mean cross-entropy, in nats, of the restricted logits over all inputs; errors as `restrictedLogits`. */
export function restrictedLoss(input: AnsweredLogits, keys: readonly number[]): number {
  const answers = Int32Array.from({ length: input.p }, (_, s) => s);
  return meanCrossEntropy(restrictedLogits(input, keys), answers, input.classes); // every answer is as frequent
}

/**
 * Mean cross-entropy, in nats, on the train examples of the logits without the waves of the key frequencies; means stay.
 *
 * @param train numbers of examples, rows of the logits
 * @throws {RangeError} as `restrictedLogits`
 */
export function excludedLoss(
  input: AnsweredLogits,
  keys: readonly number[],
  train: ArrayLike<number>,
): number {
  const { logits, answers, classes } = input;
  const { waves } = answerWaves('excludedLoss', input, keys);
  const rest = new Float64Array(train.length * classes);
  const labels = new Int32Array(train.length);
  for (let i = 0; i < train.length; i++) {
    labels[i] = answers[train[i]];
    for (let c = 0; c < classes; c++) {
      rest[i * classes + c] = logits[train[i] * classes + c] - waves[labels[i] * classes + c];
    }
  }
  return meanCrossEntropy(rest, labels, classes);
}

/** Mean logits [classes], and Σ_k (u uᵀ + v vᵀ) L by answer [p, classes]. */
function answerWaves(
  operation: string,
  input: AnsweredLogits,
  keys: readonly number[],
): { mean: Float64Array; waves: Float64Array } {
  const { p, classes } = input;
  requireShape(operation, 'the logits', input.logits, [p * p, classes]);
  requireShape(operation, 'the answers', input.answers, [p * p]);
  requireKeys(operation, keys, p);
  const { mean, byAnswer } = meansByAnswer(operation, input);
  const kernel = projectionKernel(keys, p);
  const waves = new Float64Array(p * classes);
  for (let s = 0; s < p; s++) {
    for (let other = 0; other < p; other++) {
      const weight = kernel[(s - other + p) % p];
      for (let c = 0; c < classes; c++) {
        waves[s * classes + c] += weight * (byAnswer[other * classes + c] - mean[c]);
      }
    }
  }
  return { mean, waves };
}

/** Σ_k (2/p) cos w_k m for m = 0 … p − 1: the projection on the key waves, as a convolution over the answers. */
function projectionKernel(keys: readonly number[], p: number): Float64Array {
  const { cos } = trigonometricTable(p);
  const kernel = new Float64Array(p);
  for (const k of keys) {
    const weight = (2 * k === p ? 1 : 2) / p; // at half a turn there is no sine
    for (let m = 0; m < p; m++) kernel[m] += weight * cos[(k * m) % p];
  }
  return kernel;
}

function meansByAnswer(
  operation: string,
  { p, classes, logits, answers }: AnsweredLogits,
): { mean: Float64Array; byAnswer: Float64Array } {
  const byAnswer = new Float64Array(p * classes);
  const count = new Int32Array(p);
  for (let example = 0; example < p * p; example++) {
    const answer = answers[example];
    count[answer]++;
    for (let c = 0; c < classes; c++) byAnswer[answer * classes + c] += logits[example * classes + c];
  }
  const uneven = count.findIndex((times) => times !== p);
  if (uneven >= 0) {
    throw new RangeError(
      `${operation}: expected each answer for ${p} of the inputs, got ${uneven} for ${count[uneven]}; only addition and subtraction of all pairs have such waves`,
    );
  }
  const mean = new Float64Array(classes);
  for (let s = 0; s < p; s++) {
    for (let c = 0; c < classes; c++) {
      byAnswer[s * classes + c] /= p;
      mean[c] += byAnswer[s * classes + c] / p;
    }
  }
  return { mean, byAnswer };
}

function requireKeys(operation: string, keys: readonly number[], p: number): void {
  const most = Math.floor(p / 2);
  const wrong = keys.find((k, i) => !(Number.isInteger(k) && k >= 1 && k <= most) || keys.indexOf(k) !== i);
  if (wrong !== undefined) {
    throw new RangeError(
      `${operation}: key frequencies must be whole numbers from 1 to ${most}, each once, got ${wrong}; frequency p − k is frequency k`,
    );
  }
}
