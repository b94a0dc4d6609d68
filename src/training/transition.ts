/**
 * How sharp the transition to understanding is: accuracy(log t) ≈ a · erf(s · (log t − t*)) + b, fitted by least squares
 * with Levenberg (1944) and Marquardt (1963) damping. Analysis after the run, hence plain Math.
 */
import { erf } from './erf.ts';
import type { AccuracyPoint } from './milestones.ts';

/** A fitted transition. */
export interface Transition {
  /** t*, in steps: where accuracy is halfway up its rise. */
  readonly step: number;
  /** log10(t90 / t10), in decades: from 10 % to 90 % of the rise. Null if it happens between two evaluations. */
  readonly width: number | null;
  /** Accuracy before and after: b − a and b + a. */
  readonly low: number;
  readonly high: number;
  /** Root mean square of the residuals, in accuracy. */
  readonly residual: number;
}

type Parameters4 = [a: number, s: number, center: number, b: number];

/** erf(z) = 0.8, so the fit is at 10 % and 90 % of its rise at t* ∓ z/s. */
const Z_90 = 0.9061938024368232;
/** Rises smaller than this are wiggles of a plateau, not transitions. */
const SMALLEST_RISE = 0.1;
const ITERATIONS = 200;

/**
 * Fits the transition of an accuracy curve (steps ascending; step 0 and non-finite accuracies are left out).
 * Returns null when the data do not determine one: fewer than 5 points, a rise below 0.1, or a midpoint outside the
 * evaluated steps, as in a run that was stopped before it grokked.
 */
export function fitTransition(curve: readonly AccuracyPoint[]): Transition | null {
  const points = curve.filter(({ step, accuracy }) => step > 0 && Number.isFinite(accuracy));
  if (points.length < 5) return null;
  const x = points.map(({ step }) => Math.log10(step));
  const y = points.map(({ accuracy }) => accuracy);
  const low = Math.min(...y);
  const high = Math.max(...y);
  if (high - low < SMALLEST_RISE) return null;

  const middle = y.findIndex((value) => value >= (low + high) / 2);
  const start: Parameters4 = [(high - low) / 2, 4, x[middle], (high + low) / 2];
  const [a, s, center, b] = leastSquares(x, y, start);
  const slope = Math.abs(s);
  const rise = a * Math.sign(s);
  if (!(2 * rise >= SMALLEST_RISE && center > x[0] && center < x[x.length - 1])) return null;

  const after = x.findIndex((value) => value > center);
  const width = (2 * Z_90) / slope;
  return {
    step: 10 ** center,
    width: width > x[after] - x[after - 1] ? width : null,
    low: b - rise,
    high: b + rise,
    residual: Math.sqrt(squaredError(x, y, [a, s, center, b]) / x.length),
  };
}

function squaredError(x: readonly number[], y: readonly number[], [a, s, center, b]: Parameters4): number {
  return x.reduce((total, xi, i) => total + (a * erf(s * (xi - center)) + b - y[i]) ** 2, 0);
}

function leastSquares(x: readonly number[], y: readonly number[], start: Parameters4): Parameters4 {
  let best = start;
  let error = squaredError(x, y, best);
  let damping = 1e-2;
  for (let iteration = 0; iteration < ITERATIONS && damping < 1e12; iteration++) {
    const candidate = dampedStep(x, y, best, damping);
    const candidateError = squaredError(x, y, candidate);
    if (candidateError < error) {
      const gain = (error - candidateError) / error;
      best = candidate;
      error = candidateError;
      damping /= 10;
      if (gain < 1e-12) break;
    } else {
      damping *= 10;
    }
  }
  return best;
}

/** Solves (JᵀJ + λ diag JᵀJ) δ = −Jᵀr and returns parameters + δ. */
function dampedStep(
  x: readonly number[],
  y: readonly number[],
  at: Parameters4,
  damping: number,
): Parameters4 {
  const [a, s, center, b] = at;
  const normal = [0, 1, 2, 3].map(() => [0, 0, 0, 0, 0]);
  for (let i = 0; i < x.length; i++) {
    const u = s * (x[i] - center);
    const value = erf(u);
    const density = ((2 * a) / Math.sqrt(Math.PI)) * Math.exp(-u * u);
    const row = [value, density * (x[i] - center), -density * s, 1];
    const residual = y[i] - (a * value + b);
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) normal[j][k] += row[j] * row[k];
      normal[j][4] += row[j] * residual;
    }
  }
  // The floor keeps the system solvable where the curve no longer depends on a parameter.
  for (let j = 0; j < 4; j++) normal[j][j] += damping * Math.max(normal[j][j], 1e-12);
  const step = solve(normal);
  return [a + step[0], s + step[1], center + step[2], b + step[3]];
}

/** Gauss–Jordan elimination on a positive definite [n, n + 1] system, which needs no pivoting. */
function solve(system: number[][]): number[] {
  for (let i = 0; i < system.length; i++) {
    const pivot = system[i][i];
    system[i] = system[i].map((value) => value / pivot);
    for (let j = 0; j < system.length; j++) {
      const factor = system[j][i];
      if (j !== i) system[j] = system[j].map((value, k) => value - factor * system[i][k]);
    }
  }
  return system.map((row) => row[row.length - 1]);
}
