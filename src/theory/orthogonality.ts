/**
 * Orthogonality (Musat, arXiv:2511.01938): |cos(v, ∇𝓛(θ))| ≤ C·dist(θ, 𝓩) for v tangent at the nearest point. Measured at points ever
 * nearer to the set: random tangents, and the tangent of the largest cosine, which is the gradient's own tangential part.
 */

import { Stream } from '../engine/index.ts';
import { nearestZero } from './nearest-zero.ts';
import { fitPowerLaw, type PowerLaw } from './power-law.ts';
import { TheoryError } from './refusal.ts';
import type { ResidualMap } from './residual-map.ts';
import { cosine, norm } from './vectors.ts';
import type { ZeroLossPoint } from './zero-loss-point.ts';

/** Where and how often the gradient is looked at. */
export interface OrthogonalityOptions {
  readonly seed: number;
  /** Lengths of the random displacements from the zero-loss point. Default nine, from 0.3 to 3e-5. */
  readonly displacements?: readonly number[];
  /** Points for each length. Default 6. */
  readonly points?: number;
  /** Random tangents at each point. Default 16. */
  readonly tangents?: number;
  /** Of J at each nearest point. Default 1e-10, against the largest diagonal entry of R. */
  readonly rankTolerance?: number;
}

/** A point off the set. */
export interface GradientAtPoint {
  readonly displacement: number;
  readonly distance: number;
  /** |cos(v, ∇𝓛)| of each random tangent. */
  readonly cosines: readonly number[];
  /** The largest over all tangents, ‖P_T ∇𝓛‖/‖∇𝓛‖. */
  readonly supremum: number;
}

/** The cosines at all points, and the constants of the bound. */
export interface Orthogonality {
  readonly points: readonly GradientAtPoint[];
  /** Points so far out that no nearest zero-loss point was found. */
  readonly lost: number;
  /** Dimension of the tangent space, ker J. */
  readonly tangentDimension: number;
  /** C for the random tangents: the largest |cos|/distance. */
  readonly constant: number;
  /** C for every tangent: the largest supremum/distance. */
  readonly supremumConstant: number;
  /** Of the suprema over distance. */
  readonly law: PowerLaw;
}

const DISPLACEMENTS = [0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5];

/**
 * Takes the cosines at random displacements from a point of zero loss.
 * @throws TheoryError when no point could be projected, or the set has no tangents
 */
export function orthogonality(
  map: ResidualMap,
  { theta, rowSpace }: ZeroLossPoint,
  { seed, displacements = DISPLACEMENTS, points = 6, tangents = 16, rankTolerance }: OrthogonalityOptions,
): Orthogonality {
  const { parameters } = map;
  const tangentDimension = parameters - rowSpace.rank;
  if (tangentDimension === 0) {
    throw new TheoryError(
      `the zero-loss set is a point: J has rank ${rowSpace.rank} of ${parameters} parameters and no tangent; take a wider network`,
    );
  }
  const stream = new Stream(seed, 'orthogonality');
  const gradient = new Float64Array(parameters);
  const found: GradientAtPoint[] = [];
  let lost = 0;
  for (const displacement of displacements) {
    for (let point = 0; point < points; point++) {
      const away = unit(stream.normals(parameters));
      const there = theta.map((value, i) => value + displacement * away[i]);
      // Drawn before the projection, so that a point that is lost does not change the others.
      const directions = Array.from({ length: tangents }, () => stream.normals(parameters));
      const nearest = projected(map, there, rankTolerance);
      if (nearest === undefined) {
        lost++;
        continue;
      }
      map.gradient(there, gradient);
      const cosines = directions.map((direction) =>
        Math.abs(cosine(nearest.rowSpace.kernelPart(direction), gradient)),
      );
      const tangential = nearest.rowSpace.kernelPart(gradient);
      const supremum = norm(tangential) / norm(gradient);
      found.push({ displacement, distance: nearest.distance, cosines, supremum });
    }
  }
  if (found.length === 0) {
    throw new TheoryError(
      'at none of the points a nearest zero-loss point was found; take smaller displacements',
    );
  }
  return {
    points: found,
    lost,
    tangentDimension,
    constant: Math.max(...found.map(({ cosines, distance }) => Math.max(...cosines) / distance)),
    supremumConstant: Math.max(...found.map(({ supremum, distance }) => supremum / distance)),
    law: fitPowerLaw(
      found.map(({ distance }) => distance),
      found.map(({ supremum }) => supremum),
    ),
  };
}

function projected(map: ResidualMap, theta: Float64Array, rankTolerance?: number) {
  try {
    return nearestZero(map, theta, { rankTolerance });
  } catch (error) {
    if (error instanceof TheoryError) return undefined;
    throw error;
  }
}

function unit(vector: Float64Array): Float64Array {
  const length = norm(vector);
  return vector.map((value) => value / length);
}
