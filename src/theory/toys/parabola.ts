/** Toy 4: 𝓛 = (y − x²)² over the plane. 𝓩 is the parabola y = x²; near it the gradient stands ever more upright on its tangent. */

import { smallMap } from '../residual-map.ts';
import { distanceToCurves } from './nearest-on-curve.ts';
import type { CurvePiece, Point, Toy } from './toy.ts';

const curve: CurvePiece = { from: -2.5, to: 2.5, at: (t) => [t, t * t] };

export const parabolaToy: Toy = {
  number: 4,
  name: 'parabola',
  network: 'loss (y − x²)²',
  set: 'y = x²',
  axes: ['x', 'y'],
  map: smallMap(
    2,
    1,
    ([x, y], r) => {
      r[0] = y - x * x;
    },
    ([x], J) => {
      J[0] = -2 * x;
      J[1] = 1;
    },
  ),
  starts: [
    [1.1, 0.4],
    [-0.9, 1.5],
  ],
  decays: [0.1, 0.01],
  limit: () => [0, 0],
  rest: () => [0, 0],
  distance: (theta) => distanceToCurves([curve], theta),
  curves: [curve],
};

/** A point off the parabola and how the gradient stands there. */
export interface GradientAngle {
  readonly point: Point;
  /** The nearest point of the parabola. */
  readonly foot: Point;
  readonly distance: number;
  /** ∇𝓛 at the point. */
  readonly gradient: Point;
  /** |cos| of the angle between ∇𝓛(point) and the tangent at the foot. */
  readonly cosine: number;
  /** That angle in degrees: 90 on the parabola. */
  readonly degrees: number;
}

/** The foot of the points that are looked at. */
const FOOT_X = 0.5;

/** The gradient at `distance` from the parabola, on the inward normal of (½, ¼); nearest to that foot up to the radius √2. */
export function gradientAngle(distance: number): GradientAngle {
  const length = Math.sqrt(1 + 4 * FOOT_X * FOOT_X);
  const foot = curve.at(FOOT_X);
  const point = [foot[0] - (2 * FOOT_X * distance) / length, foot[1] + distance / length];
  const gradient = new Float64Array(2);
  parabolaToy.map.gradient(Float64Array.from(point), gradient);
  const along = (gradient[0] + 2 * FOOT_X * gradient[1]) / length;
  const across = (-2 * FOOT_X * gradient[0] + gradient[1]) / length;
  const radians = Math.atan2(Math.abs(across), Math.abs(along));
  const cosine = Math.abs(along) / Math.hypot(along, across);
  return { point, foot, distance, gradient: [...gradient], cosine, degrees: (radians * 180) / Math.PI };
}

/** Limit of cosine/distance at the foot: 4q/(1 + 4q²)^{3/2}, which is the curvature times 2q. */
export const ANGLE_CONSTANT = (4 * FOOT_X) / (1 + 4 * FOOT_X * FOOT_X) ** 1.5;
