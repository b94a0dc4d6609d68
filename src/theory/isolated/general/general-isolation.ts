/**
 * Any part θ₁ of a network isolated by solving the rest: R(θ₁) = min over θ₂ of 𝓛_λ(θ₁, θ₂) (Musat, arXiv:2511.01938), the minimum
 * found by Newton steps whose equations are solved by conjugate gradients. Where θ₂ is solved only to a residual g₂ = ∂₂𝓛_λ,
 * implicit differentiation repairs the gradient to second order, ∇R ≈ ∂₁𝓛_λ − H₁₂H₂₂⁻¹g₂, and the change −H₂₂⁻¹H₂₁dθ₁ moves the
 * solution along before it is solved again. Where θ₂ enters non-linearly the minimum is the local one that is followed from the
 * initial weights.
 */

import { TheoryError } from '../../refusal.ts';
import { innerProduct, norm } from '../../vectors.ts';
import type { RegularizedLoss } from './regularized-loss.ts';
import { truncatedConjugateGradients } from './truncated-conjugate-gradients.ts';

/** Of ‖g₂‖ against 2λ(1 + ‖θ₂‖), the size of the forces that balance. */
const SOLVED = 1e-8;
/** Of the equations of a Newton step, and of implicit differentiation. */
const INEXACT = 1e-5;
const MOST_NEWTON_STEPS = 200;
const MOST_PRODUCTS = 2000;
/** Armijo's: the part of the foretold decrease that a step has to bring. */
const SUFFICIENT = 1e-4;
const MOST_HALVINGS = 30;
/** A relative decrease that is rounding: at a kink of ReLU no gradient vanishes, and this ends the search. */
const NO_DECREASE = 1e-13;

/** The rest of a network, solved. */
export interface Solution {
  /** θ₂ at its minimum. */
  readonly solved: Float64Array;
  /** R(θ₁). */
  readonly minimum: number;
  /** ‖∂₂𝓛_λ‖ there. */
  readonly residual: number;
}

/** Follows the minimum over θ₂ as θ₁ moves. */
export class GeneralIsolation {
  readonly loss: RegularizedLoss;
  private solved: Float64Array;
  /** Where `solved` is the minimum. */
  private at: Float64Array | undefined;

  /** @throws TheoryError without a ridge, for which there is no single minimum */
  constructor(loss: RegularizedLoss) {
    if (!(loss.ridge > 0)) {
      throw new TheoryError(
        `isolating any parameters needs a ridge λ > 0, got ${loss.ridge}: at λ = 0 the rest has no single minimum; give for example --ridge 0.01`,
      );
    }
    this.loss = loss;
    this.solved = loss.initial('solved');
  }

  /** Solves the rest at θ₁, from the solution of the last call moved along by implicit differentiation. */
  solve(moving: Float64Array): Solution {
    if (this.at !== undefined) this.moveAlong(moving);
    const { loss } = this;
    loss.place('moving', moving);
    loss.place('solved', this.solved);
    let { loss: value, solved: gradient } = loss.value();
    for (let step = 0; step < MOST_NEWTON_STEPS; step++) {
      const residual = norm(gradient);
      if (residual <= SOLVED * 2 * loss.ridge * (1 + norm(this.solved))) break;
      const { solution } = this.inverse(gradient.map((g) => -g));
      const next = this.search(solution, gradient, value);
      if (next === undefined) break;
      ({ value, gradient } = next);
      if (!Number.isFinite(value)) throw new TheoryError('the solved parameters ran away; take a larger λ');
    }
    this.at = moving.slice();
    return { solved: this.solved.slice(), minimum: value, residual: norm(gradient) };
  }

  /**
   * Writes dθ₁/dτ = −∇R/(2λ) into `out`.
   * @returns R/λ, which falls along the flow
   */
  velocity(moving: Float64Array, out: Float64Array): number {
    const { minimum } = this.solve(moving);
    const { loss } = this;
    const { moving: direct, solved: residual } = loss.value();
    const correction = loss.product('solved', this.inverse(residual).solution, 'moving');
    for (let i = 0; i < out.length; i++) out[i] = -(direct[i] - correction[i]) / (2 * loss.ridge);
    return minimum / loss.ridge;
  }

  /** How the solution moves with a small dθ₁ from the point solved last: −H₂₂⁻¹H₂₁dθ₁. */
  response(change: Float64Array): Float64Array {
    const force = this.loss.product('moving', change, 'solved');
    return this.inverse(force.map((f) => -f)).solution;
  }

  private moveAlong(moving: Float64Array): void {
    const { at } = this;
    if (at === undefined) return;
    const change = moving.map((x, i) => x - at[i]);
    if (innerProduct(change, change) === 0) return;
    const response = this.response(change);
    this.solved = this.solved.map((x, i) => x + response[i]);
  }

  /** H₂₂⁻¹b at the weights as they are placed. */
  private inverse(b: Float64Array) {
    const product = (v: Float64Array, out: Float64Array) => out.set(this.loss.product('solved', v, 'solved'));
    return truncatedConjugateGradients(product, b, INEXACT, MOST_PRODUCTS);
  }

  /** Halves a step until it lowers the loss enough; undefined where none does. */
  private search(
    direction: Float64Array,
    gradient: Float64Array,
    value: number,
  ): { value: number; gradient: Float64Array } | undefined {
    const from = this.solved;
    const slope = innerProduct(gradient, direction);
    for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
      this.solved = from.map((x, i) => x + length * direction[i]);
      this.loss.place('solved', this.solved);
      const { loss, solved } = this.loss.value();
      const shrunk =
        innerProduct(solved, solved) < innerProduct(gradient, gradient) && loss <= value * (1 + NO_DECREASE);
      if (loss <= value + SUFFICIENT * length * slope || shrunk) return { value: loss, gradient: solved };
    }
    this.solved = from;
    this.loss.place('solved', from);
    return undefined;
  }
}
