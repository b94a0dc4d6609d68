/** What is said of a matrix that Cholesky's factorisation refuses: which pivot failed, and what ridge would help. */

import { refuse } from '../errors.ts';
import { symmetricEigenvalues } from './eigen.ts';

/** The ridge lifts the smallest eigenvalue so many times n·ε·‖A‖ above 0: pivots fail at n·ε of their diagonal, and rounding adds to it. */
const MARGIN = 64;

/** A pivot that is less than minus this share of its diagonal is no rounding: half the digits. */
const INDEFINITE = 1.5e-8;

export interface Refused {
  /** Names the matrix in the sentence, as "HHᵀ". */
  readonly matrix: string;
  readonly n: number;
  /** A itself, row-major, read only after a failure: from its eigenvalues comes the ridge that is enough. */
  readonly values?: () => ArrayLike<number>;
  /** A ridge that is known to be enough. */
  readonly enough?: number;
  /** The ridge that was added. */
  readonly ridge?: number;
  /** How one sets a ridge, as "ridge". */
  readonly option?: string;
}

/**
 * Throws where a factor's `pivots` say that A + ρI is not positive definite to working accuracy.
 * @throws EngineError naming the pivot and a ridge that would help
 */
export function refuseIndefinite(pivots: ArrayLike<number>, refused: Refused): void {
  const [failed, pivot, diagonal] = [pivots[0], pivots[1], pivots[2]] as [number, number, number];
  if (failed === 0) return;
  const { matrix, n, ridge = 0, option = 'ridge' } = refused;
  if (!Number.isFinite(pivot) || !Number.isFinite(diagonal)) {
    refuse(
      'cholesky',
      `pivot ${failed} of ${n} of ${matrix} is ${pivot}: the matrix holds what is no finite number`,
    );
  }
  const needed = refused.enough ?? ridge + neededRidge(pivot, diagonal, refused);
  const fault =
    pivot < -INDEFINITE * Math.abs(diagonal) ? 'is not positive definite' : 'is singular to working accuracy';
  refuse(
    'cholesky',
    `${matrix}${ridge > 0 ? ` + ${ridge}` : ''} ${fault}: pivot ${failed} of ${n} is ${short(pivot)}, ` +
      `left of ${short(diagonal)} on the diagonal; ${option} ${roundedUp(needed)} would help`,
  );
}

/** What must be added beyond the ridge that is there. */
function neededRidge(pivot: number, diagonal: number, { n, values, ridge = 0 }: Refused): number {
  const a = values?.();
  if (a === undefined) return Math.max(0, -pivot) + MARGIN * n * Number.EPSILON * Math.abs(diagonal);
  const eigenvalues = symmetricEigenvalues(a, n);
  const least = (eigenvalues[0] as number) + ridge;
  const largest = Math.max(Math.abs(eigenvalues[0] as number), Math.abs(eigenvalues[n - 1] as number));
  return Math.max(0, -least) + MARGIN * n * Number.EPSILON * (largest + ridge);
}

function short(x: number): string {
  return x.toPrecision(3).replace(/\.?0+(?=e|$)/, '');
}

/** The next number with two digits. */
function roundedUp(x: number): string {
  const [digits, exponent] = x.toExponential(15).split('e') as [string, string];
  const up = Math.ceil(Number(digits) * 10) / 10;
  return String(Number(`${up}e${exponent}`));
}
