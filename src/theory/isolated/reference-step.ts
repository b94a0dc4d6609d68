/**
 * The isolated dynamics in plain double precision: what the kernels are tested against, and what computes where there are none.
 * Equations of as many unknowns as there are train examples, or, for λ > 0, as there are hidden units where those are fewer:
 * then W₂ = (HᵀH + λI)⁻¹HᵀY and B = (Y − HW₂)/λ.
 */

import type { FirstLayerExamples, IsolatedProblem } from './problem.ts';
import { choleskyInPlace, solveWithCholesky } from './reference-cholesky.ts';
import type { IsolatedStep } from './step.ts';

/** The step of a problem, with memory for its matrices. */
export class ReferenceStep implements IsolatedStep {
  readonly problem: IsolatedProblem;
  private readonly pre: Float64Array;
  private readonly hidden: Float64Array;
  private readonly equations: Float64Array;
  /** B [examples, classes]. */
  private readonly dual: Float64Array;
  /** W₂ [width, classes]. */
  private readonly last: Float64Array;

  constructor(problem: IsolatedProblem) {
    const { train, width, classes } = problem;
    const unknowns = solvesByUnits(problem) ? width : train.count;
    this.problem = problem;
    this.pre = new Float64Array(train.count * width);
    this.hidden = new Float64Array(train.count * width);
    this.equations = new Float64Array(unknowns * unknowns);
    this.dual = new Float64Array(train.count * classes);
    this.last = new Float64Array(width * classes);
  }

  velocity(weights: Float64Array, out: Float64Array): number {
    this.solve(weights);
    const { train, terms, width, classes, activation } = this.problem;
    const { pre, dual, last } = this;
    const quadratic = activation === 'quadratic';
    let squares = 0;
    for (const [at, w] of weights.entries()) {
      out[at] = -w;
      squares += w * w;
    }
    // BBᵀH = B(HᵀB)ᵀ = B W₂ᵀ, one example after the other.
    for (let i = 0; i < train.count; i++) {
      for (let j = 0; j < width; j++) {
        const z = pre[i * width + j];
        if (!quadratic && !(z > 0)) continue;
        let sum = 0;
        for (let c = 0; c < classes; c++) sum += dual[i * classes + c] * last[j * classes + c];
        const part = quadratic ? 2 * z * sum : sum;
        for (let t = 0; t < terms; t++) out[train.rows[i * terms + t] * width + j] += part;
      }
    }
    let trace = 0;
    for (let i = 0; i < train.count; i++) trace += dual[i * classes + train.labels[i]];
    return squares + trace;
  }

  readOut(weights: Float64Array): Float64Array {
    this.solve(weights);
    return this.last.slice();
  }

  /** H, B and W₂ at these weights. */
  private solve(weights: Float64Array): void {
    const { train, classes, ridge, width } = this.problem;
    const { pre, hidden, equations, dual, last } = this;
    hiddenRows(this.problem, train, weights, pre, hidden);
    if (solvesByUnits(this.problem)) {
      const columns = transposed(hidden, train.count, width);
      gramMatrix(columns, width, train.count, ridge, equations);
      last.fill(0);
      for (let i = 0; i < train.count; i++) {
        for (let j = 0; j < width; j++) last[j * classes + train.labels[i]] += hidden[i * width + j];
      }
      choleskyInPlace(equations, width);
      solveWithCholesky(equations, width, last, classes);
      for (let i = 0; i < train.count; i++) {
        for (let c = 0; c < classes; c++) {
          let sum = c === train.labels[i] ? 1 : 0;
          for (let j = 0; j < width; j++) sum -= hidden[i * width + j] * last[j * classes + c];
          dual[i * classes + c] = sum / ridge;
        }
      }
      return;
    }
    gramMatrix(hidden, train.count, width, ridge, equations);
    dual.fill(0);
    for (let i = 0; i < train.count; i++) dual[i * classes + train.labels[i]] = 1;
    choleskyInPlace(equations, train.count);
    solveWithCholesky(equations, train.count, dual, classes);
    last.fill(0);
    for (let i = 0; i < train.count; i++) {
      for (let j = 0; j < width; j++) {
        const h = hidden[i * width + j];
        if (h === 0) continue;
        for (let c = 0; c < classes; c++) last[j * classes + c] += h * dual[i * classes + c];
      }
    }
  }
}

/** Whether the equations are those of the hidden units, not of the train examples. */
export function solvesByUnits({ ridge, width, train }: IsolatedProblem): boolean {
  return ridge > 0 && width < train.count;
}

/** XW₁ and σ(XW₁), each [count, width]. */
export function hiddenRows(
  { terms, width, activation }: Pick<IsolatedProblem, 'terms' | 'width' | 'activation'>,
  { rows, count }: FirstLayerExamples,
  weights: Float64Array,
  pre: Float64Array,
  hidden: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    const at = i * width;
    const first = rows[i * terms] * width;
    for (let j = 0; j < width; j++) pre[at + j] = weights[first + j];
    for (let t = 1; t < terms; t++) {
      const row = rows[i * terms + t] * width;
      for (let j = 0; j < width; j++) pre[at + j] += weights[row + j];
    }
    for (let j = at; j < at + width; j++) {
      const z = pre[j];
      hidden[j] = activation === 'quadratic' ? z * z : z > 0 ? z : 0;
    }
  }
}

/** Lower triangle of AAᵀ + λI, four columns at a time so that a row is read once for them. */
function gramMatrix(a: Float64Array, n: number, width: number, ridge: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * width;
    for (let j = 0; j <= i; j += 4) {
      const columns = Math.min(4, i + 1 - j);
      const [r0, r1, r2, r3] = [0, 1, 2, 3].map((k) => (j + Math.min(k, columns - 1)) * width);
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const x = a[row + k];
        s0 += x * a[r0 + k];
        s1 += x * a[r1 + k];
        s2 += x * a[r2 + k];
        s3 += x * a[r3 + k];
      }
      const sums = [s0, s1, s2, s3];
      for (let k = 0; k < columns; k++) out[i * n + j + k] = sums[k];
    }
    out[i * n + i] += ridge;
  }
}

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}
