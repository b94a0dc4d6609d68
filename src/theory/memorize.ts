/** From initial weights to a point of zero loss: Gauss–Newton with the shortest step, halved while it does not help. */

import { RowSpace } from './pivoted-qr.ts';
import { TheoryError } from './refusal.ts';
import { lossOf, type ResidualMap } from './residual-map.ts';

const MOST_ITERATIONS = 100;
const MOST_HALVINGS = 30;
/** Of 𝓛 for each residual: residuals near the rounding of numbers of size 1. */
const ZERO = 1e-28;
/** Once below this for each residual, a loss that no longer falls has reached its rounding. */
const NEARLY_ZERO = 1e-22;

/**
 * A point of 𝓩 near `start`: θ ← θ − s J⁺r.
 * @throws TheoryError when the loss stops falling above zero
 */
export function memorize(map: ResidualMap, start: Float64Array): Float64Array {
  const { parameters, residuals } = map;
  const r = new Float64Array(residuals);
  const J = new Float64Array(residuals * parameters);
  let theta = Float64Array.from(start);
  let loss = lossOf(map, theta);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    if (loss <= ZERO * residuals) return theta;
    map.residual(theta, r);
    map.jacobian(theta, J);
    const step = new RowSpace(J, residuals, parameters).pseudoInverse(r);
    const better = halved(map, theta, step, loss);
    if (better === undefined) break;
    ({ theta, loss } = better);
  }
  if (loss <= NEARLY_ZERO * residuals) return theta;
  throw new TheoryError(
    `zero loss was not reached: the loss stopped at ${Number(loss.toPrecision(3))}; take a wider network, another seed or fewer examples`,
  );
}

function halved(map: ResidualMap, theta: Float64Array, step: Float64Array, loss: number) {
  for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
    const next = theta.map((value, i) => value - share * step[i]);
    const there = lossOf(map, next);
    if (there < loss) return { theta: next, loss: there };
  }
  return undefined;
}
