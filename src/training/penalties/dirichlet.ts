/**
 * The Laplacian energy Σ λP / ΣP of functions on the torus without any transform: by Parseval it is the Dirichlet form
 * Σ over edges of ‖f(u)/√d(u) − f(v)/√d(v)‖², divided by Σ‖f‖², with d the degrees: ⟨f, L f⟩/⟨f, f⟩ for the normalised Laplacian
 * L = I − D^(−½) A D^(−½), whose eigenvalues on the whole torus are λ_ij = 1 − ½(cos 2πi/N + cos 2πj/N).
 */

import {
  cast,
  div,
  type Expr,
  gather,
  maximum,
  mul,
  parameter,
  square,
  sub,
  sum,
} from '../../engine/index.ts';
import type { Given } from './penalty.ts';

/** A function whose square is below has no spectrum: its energy is 0. Far above the underflow of f32. */
export const NOTHING = 7.888609052210118e-31; // 2⁻¹⁰⁰

/** Both axes of the torus: the element that follows each, i32 [N²]. */
export function nextElements(order: number): Given[] {
  const next = (axis: 0 | 1) => (): Int32Array =>
    Int32Array.from({ length: order * order }, (_, element) => {
      const [a, b] = [Math.floor(element / order), element % order];
      return axis === 0 ? ((a + 1) % order) * order + b : a * order + ((b + 1) % order);
    });
  return ([0, 1] as const).map((axis) => ({
    node: parameter(`penalty.next${axis}`, [order * order], 'i32'),
    values: next(axis),
  }));
}

/** Σ‖row‖² of each row of a table [rows, functions], in f64. */
export function squaredRows(table: Expr): Expr {
  return cast(sum(square(table), [1]), 'f64');
}

/** part/whole, and 0 for the share of nothing; both f64 of shape []. */
export function share(part: Expr, whole: Expr): Expr {
  return div(part, maximum(whole, NOTHING));
}

/** Σ over the edges (u, next u) of ‖f(u) − f(next u)‖², f64. @param weights of the edges, f64 [rows]; all 1 by default */
export function dirichletSum(table: Expr, next: Expr, weights?: Expr): Expr {
  const differences = squaredRows(sub(table, gather(table, next)));
  return sum(weights ? mul(differences, weights) : differences);
}
