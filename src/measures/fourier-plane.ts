/**
 * The circle of one frequency: the embedding seen in the plane that Re F_k and Im F_k span, and how round it is there.
 * PCA shows a cloud where several circles are superposed; these planes show each of them.
 */

import { centredRows } from './centred-rows.ts';
import { componentPowers } from './embedding-spectrum.ts';
import { requireShape } from './expected-shape.ts';
import { fourierComponents } from './fourier-components.ts';
import { trigonometricTable } from './trigonometric-table.ts';

export interface FourierPlane {
  readonly frequency: number;
  /** Its share of the power, 0 to 1: P_k of `embeddingSpectrum`. */
  readonly share: number;
  /** [p, 2]: the centred tokens in the plane. A perfect circle puts token t at the angle 2πkt/p. */
  readonly points: Float64Array;
  /** ‖Re F_k‖/‖Im F_k‖; 1 on a circle. */
  readonly axisRatio: number;
  /** |cos| of the angle between Re F_k and Im F_k; 0 on a circle. */
  readonly axisCosine: number;
  /** R² of the best rotation and scaling of the ideal circle onto the points (Procrustes), 0 to 1. */
  readonly circleFit: number;
  /** Standard deviation of the points' distances from the centre, over their mean; 0 on a circle. */
  readonly radiusVariation: number;
}

/**
 * The planes of the frequencies with the most power, strongest first (of equal ones the lower frequency), from an
 * embedding [p, d]. Frequencies are 1 … ⌊(p − 1)/2⌋: for even p the component of p/2 is real and spans no plane.
 * Where Re and Im are parallel the points lie on a line, with zeros as their second coordinate.
 *
 * @param count of planes; fewer where there are fewer frequencies
 * @throws {RangeError} for an array of another size
 */
export function strongestPlanes(
  embedding: ArrayLike<number>,
  p: number,
  d: number,
  count: number,
): FourierPlane[] {
  const planes = planesOf('strongestPlanes', embedding, p, d);
  return Array.from({ length: Math.floor((p - 1) / 2) }, (_, i) => i + 1)
    .sort((k, l) => planes.shares[l - 1] - planes.shares[k - 1] || k - l)
    .slice(0, count)
    .map((frequency) => planes.at(frequency));
}

/**
 * The plane of one frequency of an embedding [p, d].
 *
 * @throws {RangeError} for an array of another size, or a frequency that is no whole number from 1 to ⌊(p − 1)/2⌋
 */
export function fourierPlane(
  embedding: ArrayLike<number>,
  p: number,
  d: number,
  frequency: number,
): FourierPlane {
  const planes = planesOf('fourierPlane', embedding, p, d);
  const most = Math.floor((p - 1) / 2);
  if (!(Number.isInteger(frequency) && frequency >= 1 && frequency <= most)) {
    throw new RangeError(
      `fourierPlane: the frequency must be a whole number from 1 to ${most}, got ${frequency}; others span no plane or repeat one`,
    );
  }
  return planes.at(frequency);
}

/** The power of every frequency and the plane of the strongest one, of which the components are computed once. */
export function spectrumAndStrongestPlane(
  embedding: ArrayLike<number>,
  p: number,
  d: number,
): { power: Float64Array; plane: FourierPlane } {
  const { shares, at } = planesOf('spectrumAndStrongestPlane', embedding, p, d);
  let strongest = 1;
  for (let k = 2; k <= Math.floor((p - 1) / 2); k++) if (shares[k - 1] > shares[strongest - 1]) strongest = k;
  return { power: shares, plane: at(strongest) };
}

interface Planes {
  readonly shares: Float64Array;
  at(frequency: number): FourierPlane;
}

function planesOf(operation: string, embedding: ArrayLike<number>, p: number, d: number): Planes {
  requireShape(operation, 'the embedding', embedding, [p, d]);
  const centred = centredRows(embedding, p, d);
  const components = fourierComponents(centred, p, d);
  const powers = componentPowers(components, d);
  let total = 0;
  for (const power of powers) total += power;
  const shares = powers.map((power) => power / total);
  return {
    shares,
    at: (frequency) => {
      const re = components.real.slice((frequency - 1) * d, frequency * d);
      // −Im F_k = Σ x_t sin: tokens then go round counter-clockwise.
      const im = components.imaginary.slice((frequency - 1) * d, frequency * d).map((x) => -x);
      const reNorm = Math.sqrt(dot(re, re));
      const imNorm = Math.sqrt(dot(im, im));
      const points = projected(centred, p, d, re, im);
      return {
        frequency,
        share: shares[frequency - 1],
        points,
        axisRatio: reNorm / imNorm,
        axisCosine: Math.abs(dot(re, im)) / (reNorm * imNorm),
        circleFit: circleFit(points, p, frequency),
        radiusVariation: radiusVariation(points, p),
      };
    },
  };
}

function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j] * y[j];
  return sum;
}

/** Below this part of its length, what is left of a vector beside another is rounding, not a direction. */
const PARALLEL = 1e-12;

/** Coordinates [p, 2] of the rows along `first` and along what `second` has beside it (Gram and Schmidt). */
function projected(
  rows: Float64Array,
  p: number,
  d: number,
  first: Float64Array,
  second: Float64Array,
): Float64Array {
  const x = unit(first, 0);
  const along = dot(second, x);
  const y = unit(
    second.map((value, j) => value - along * x[j]),
    PARALLEL * Math.sqrt(dot(second, second)),
  );
  const points = new Float64Array(2 * p);
  for (let t = 0; t < p; t++) {
    const row = rows.subarray(t * d, (t + 1) * d);
    points[2 * t] = dot(row, x);
    points[2 * t + 1] = dot(row, y);
  }
  return points;
}

/** The vector over its length, or zeros where it is no longer than `negligible`. */
function unit(vector: Float64Array, negligible: number): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > negligible ? vector.map((value) => value / length) : new Float64Array(vector.length);
}

/**
 * Procrustes: with M = XᵀC, X the points and C the ideal circle (both centred), the best scaled rotation explains
 * (σ₁ + σ₂)²/(‖X‖²‖C‖²), and (σ₁ + σ₂)² = ‖M‖² + 2|det M| for a 2 × 2 matrix. det M ≥ 0,
 * because the second axis lies on the side of −Im F_k.
 */
function circleFit(points: Float64Array, p: number, frequency: number): number {
  const { cos, sin } = trigonometricTable(p);
  const m = new Float64Array(4);
  let energy = 0;
  for (let t = 0; t < p; t++) {
    const [x, y] = [points[2 * t], points[2 * t + 1]];
    const angle = (frequency * t) % p;
    m[0] += x * cos[angle];
    m[1] += x * sin[angle];
    m[2] += y * cos[angle];
    m[3] += y * sin[angle];
    energy += x * x + y * y;
  }
  return (dot(m, m) + 2 * (m[0] * m[3] - m[1] * m[2])) / (energy * p); // ‖C‖² = p
}

function radiusVariation(points: Float64Array, p: number): number {
  const radii = Float64Array.from({ length: p }, (_, t) =>
    Math.sqrt(points[2 * t] * points[2 * t] + points[2 * t + 1] * points[2 * t + 1]),
  );
  let mean = 0;
  for (const radius of radii) mean += radius;
  mean /= p;
  let variance = 0;
  for (const radius of radii) variance += (radius - mean) * (radius - mean);
  return Math.sqrt(variance / p) / mean;
}
