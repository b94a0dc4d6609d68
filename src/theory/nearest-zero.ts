/**
 * The point of the zero-loss set nearest to θ. Each iteration projects θ onto the set's linearisation at the last point q,
 * q ← θ − J⁺(r(q) + J(θ − q)): Newton's method across the set, and along it a fixed-point iteration that converges
 * as dist(θ, 𝓩) times the set's curvature. At its rest r(q) = 0 and θ − q is normal to the set.
 */

import { RANK_TOLERANCE, RowSpace } from './pivoted-qr.ts';
import { TheoryError } from './refusal.ts';
import type { ResidualMap } from './residual-map.ts';
import { distanceBetween, norm } from './vectors.ts';

/** Iterations between two looks at whether steps still become shorter: at a kink of 𝓩 they go round for ever. */
const PATIENCE = 20;
/** By how much they have to, in that many. */
const SHORTER = 0.5;

/** A point of 𝓩 with the row space of J there. */
export interface NearestZero {
  readonly point: Float64Array;
  /** ‖θ − point‖. */
  readonly distance: number;
  readonly rowSpace: RowSpace;
  readonly iterations: number;
}

/** How exactly the nearest point is looked for, and where first. */
export interface NearestOptions {
  /** A step of q below this share of ‖θ‖ (of 1 near the origin) is the last. Default 1e-12. */
  readonly tolerance?: number;
  /** Default 200. */
  readonly mostIterations?: number;
  /** Default 1e-10, against the largest diagonal entry of R. */
  readonly rankTolerance?: number;
  /** Where to look first. Default θ itself. */
  readonly near?: Float64Array;
}

/**
 * Projects θ onto 𝓩.
 * @throws TheoryError when the iteration does not come to rest: θ is too far from 𝓩, or there is no zero-loss point
 */
export function nearestZero(
  map: ResidualMap,
  theta: Float64Array,
  options: NearestOptions = {},
): NearestZero {
  const { tolerance = 1e-12, mostIterations = 200, rankTolerance = RANK_TOLERANCE } = options;
  const { parameters, residuals } = map;
  const r = new Float64Array(residuals);
  const J = new Float64Array(residuals * parameters);
  let q = Float64Array.from(options.near ?? theta);
  const limit = tolerance * Math.max(1, norm(theta));
  let moved = Number.POSITIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    map.residual(q, r);
    map.jacobian(q, J);
    const rowSpace = new RowSpace(J, residuals, parameters, rankTolerance);
    if (moved <= limit) {
      return { point: q, distance: distanceBetween(theta, q), rowSpace, iterations: iteration - 1 };
    }
    const target = new Float64Array(residuals);
    for (let i = 0; i < residuals; i++) {
      let sum = r[i];
      for (let j = 0; j < parameters; j++) sum += J[i * parameters + j] * (theta[j] - q[j]);
      target[i] = sum;
    }
    const normal = rowSpace.pseudoInverse(target);
    const next = theta.map((value, j) => value - normal[j]);
    moved = distanceBetween(next, q);
    q = next;
    if (!Number.isFinite(moved)) break;
    if (iteration % PATIENCE === 0) {
      if (!(moved < SHORTER * before)) break;
      before = moved;
    }
  }
  throw new TheoryError(
    `no nearest zero-loss point was found (the last step of the iteration was ${Number(moved.toPrecision(3))}, allowed is ${Number(limit.toPrecision(3))}): the point is too far from the set, the nearest point lies on a kink, or zero loss cannot be reached; take a smaller decay or distance, or a wider network`,
  );
}

/** A distance to 𝓩. */
export interface ZeroDistance {
  readonly distance: number;
  /** False where it is only a bound from above: that of the point of 𝓩 that Newton's method reaches. */
  readonly exact: boolean;
  /** The point of 𝓩, with the row space of J there. */
  readonly point: Float64Array;
  readonly rowSpace: RowSpace;
}

/** Residuals this small, against 1, are zero to rounding. */
const ZERO_RESIDUAL = 1e-12;
const NEWTON_ITERATIONS = 60;

/**
 * dist(θ, 𝓩), or a bound from above where the nearest point lies on a kink (as with ReLU): Newton's method with J⁺ from θ,
 * q ← q − J⁺r(q), until every |r| is below 1e-12.
 * @throws TheoryError when that does not reach 𝓩 either
 */
export function distanceToZero(
  map: ResidualMap,
  theta: Float64Array,
  options: NearestOptions = {},
): ZeroDistance {
  try {
    return { ...nearestZero(map, theta, options), exact: true };
  } catch (error) {
    if (!(error instanceof TheoryError)) throw error;
    const bound = newtonZero(map, theta, options.rankTolerance);
    if (bound === undefined) throw error;
    return { ...bound, exact: false };
  }
}

function newtonZero(map: ResidualMap, theta: Float64Array, rankTolerance?: number) {
  const { parameters, residuals } = map;
  const r = new Float64Array(residuals);
  const J = new Float64Array(residuals * parameters);
  const q = Float64Array.from(theta);
  for (let iteration = 0; iteration < NEWTON_ITERATIONS; iteration++) {
    map.residual(q, r);
    map.jacobian(q, J);
    const rowSpace = new RowSpace(J, residuals, parameters, rankTolerance);
    if (r.every((value) => Math.abs(value) <= ZERO_RESIDUAL)) {
      return { point: q, distance: distanceBetween(theta, q), rowSpace };
    }
    const step = rowSpace.pseudoInverse(r);
    for (let i = 0; i < parameters; i++) q[i] -= step[i];
  }
  return undefined;
}
