/** Where theory begins: a point of zero loss at which 𝓩 is a manifold, that is, J has full rank. */

import { memorize } from './memorize.ts';
import { RANK_TOLERANCE, RowSpace } from './pivoted-qr.ts';
import { TheoryError } from './refusal.ts';
import type { ResidualMap } from './residual-map.ts';

/** A regular point of 𝓩. */
export interface ZeroLossPoint {
  readonly theta: Float64Array;
  readonly rowSpace: RowSpace;
}

/**
 * The point of zero loss that Gauss–Newton reaches from `start`.
 * @param tolerance below this share of the largest, a diagonal entry of R in Jᵀ Π = Q R counts as zero
 * @throws TheoryError where zero loss is not reached, or J is rank-deficient there
 */
export function regularPoint(
  map: ResidualMap,
  start: Float64Array,
  tolerance = RANK_TOLERANCE,
): ZeroLossPoint {
  const theta = memorize(map, start);
  const { parameters, residuals } = map;
  const J = new Float64Array(residuals * parameters);
  map.jacobian(theta, J);
  const rowSpace = new RowSpace(J, residuals, parameters, tolerance);
  if (rowSpace.rank < residuals) {
    throw new TheoryError(
      `the Jacobian has rank ${rowSpace.rank} of ${residuals} at the zero-loss point (tolerance ${tolerance} of the largest): some outputs ` +
        'change only together there, so the set may cross itself or be thinner than ker J, and neither tangents nor the nearest point are ' +
        'defined by J alone; take a wider network, another seed, or examples that do not repeat',
    );
  }
  return { theta, rowSpace };
}
