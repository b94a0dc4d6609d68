/**
 * What the isolated dynamics of a two-layer network ŷ = σ(XW₁)W₂ is about: examples as rows of W₁ that are added up, labels,
 * and the width; Musat (arXiv:2511.01938) has sums of two one-hots.
 */

import type { Dataset } from '../../tasks/index.ts';
import { TheoryError } from '../refusal.ts';

/** Examples as the first layer reads them. */
export interface FirstLayerExamples {
  /** [count, terms]: rows of W₁ whose sum is an example's hidden pre-activation. */
  readonly rows: Int32Array;
  /** [count], 0 … classes − 1. */
  readonly labels: Int32Array;
  readonly count: number;
}

/** σ of the hidden layer; the others have no σ′ of their own here. */
export type IsolatedActivation = 'relu' | 'quadratic';

/** A two-layer network, its examples, and λ. */
export interface IsolatedProblem {
  readonly train: FirstLayerExamples;
  readonly heldOut: FirstLayerExamples;
  /** Rows of W₁ that an example adds up. */
  readonly terms: number;
  /** Rows of W₁: tokens, or operands × tokens where each operand has rows of its own. */
  readonly inputs: number;
  readonly width: number;
  readonly classes: number;
  readonly activation: IsolatedActivation;
  /** λ of 𝓛 + λ‖θ‖²; 0 is the limit λ → 0. */
  readonly ridge: number;
}

/** The network that reads the examples of a data set, and λ. */
export interface ProblemOptions {
  readonly width: number;
  /** `sum`: one row a token, shared by the operands; `concat`: rows for each operand. */
  readonly input: 'sum' | 'concat';
  readonly activation: IsolatedActivation;
  readonly ridge: number;
}

/**
 * The problem of a data set.
 * @throws TheoryError where the limit form has no solution of its equations, and for settings out of range
 */
export function isolatedProblem(dataset: Dataset, options: ProblemOptions): IsolatedProblem {
  const { width, input, activation, ridge } = options;
  if (!(ridge >= 0) || !Number.isFinite(ridge)) {
    throw new TheoryError(
      `λ must be 0 (the limit λ → 0) or positive, got ${ridge}; weight decay that is negative has no minimum`,
    );
  }
  if (dataset.answers !== 1) {
    throw new TheoryError(
      `the isolated dynamics needs one answer an example, got ${dataset.answers}; choose a task like modular or group`,
    );
  }
  const operands = dataset.tokens.length;
  const of = (examples: Int32Array): FirstLayerExamples => ({
    rows: rowsOf(dataset, examples, input),
    labels: Int32Array.from(examples, (example) => dataset.labels[example] as number),
    count: examples.length,
  });
  const problem: IsolatedProblem = {
    train: of(dataset.split.train),
    heldOut: of(dataset.split.heldOut),
    terms: operands,
    inputs: input === 'sum' ? dataset.vocabulary : operands * dataset.vocabulary,
    width,
    classes: dataset.classes,
    activation,
    ridge,
  };
  if (ridge === 0) requireSolvable(problem);
  return problem;
}

function rowsOf({ tokens, vocabulary }: Dataset, examples: Int32Array, input: 'sum' | 'concat'): Int32Array {
  const terms = tokens.length;
  const rows = new Int32Array(examples.length * terms);
  for (const [i, example] of examples.entries()) {
    for (const [t, column] of tokens.entries()) {
      rows[i * terms + t] = (column[example] as number) + (input === 'sum' ? 0 : t * vocabulary);
    }
  }
  return rows;
}

/** The limit needs HHᵀ invertible: more hidden units than train examples, and no two of these alike. */
function requireSolvable({ train, width, terms }: IsolatedProblem): void {
  if (width <= train.count) {
    throw new TheoryError(
      `the limit λ → 0 needs more hidden units than train examples, or HHᵀ has no inverse and the train loss is not 0: ` +
        `got width ${width} for ${train.count} examples; widen the layer to more than ${train.count}, or give a ridge λ > 0`,
    );
  }
  const seen = new Map<string, number>();
  for (let i = 0; i < train.count; i++) {
    const key = [...train.rows.subarray(i * terms, (i + 1) * terms)].sort((a, b) => a - b).join();
    const twin = seen.get(key);
    if (twin !== undefined) {
      throw new TheoryError(
        `a sum of one-hots is the same for train examples ${twin} and ${i} (tokens ${key.replace(',', ' and ')} in either order), ` +
          'so that HHᵀ has no inverse; take unordered pairs, input concat, or a ridge λ > 0',
      );
    }
    seen.set(key, i);
  }
}
