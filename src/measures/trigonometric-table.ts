/** cos and sin of the p-th parts of a turn, the same bits on every machine: the characters of Z_p, looked up by k·t mod p. */

import { cosineOfTurns } from '../engine/turns.ts';

export interface TrigonometricTable {
  /** [p], cos(2πm/p). */
  readonly cos: Float64Array;
  /** [p], sin(2πm/p). */
  readonly sin: Float64Array;
}

/** The table for p parts, exactly even and odd: cos[p − m] = cos[m], sin[p − m] = −sin[m], to the bit. */
export function trigonometricTable(p: number): TrigonometricTable {
  const cos = new Float64Array(p);
  const sin = new Float64Array(p);
  cos[0] = 1;
  for (let m = 1; 2 * m <= p; m++) {
    cos[m] = cosineOfTurns(m / p);
    cos[p - m] = cos[m];
    if (2 * m === p) break; // half a turn: the sine stays 0
    sin[m] = cosineOfTurns((4 * m - p) / (4 * p)); // sin x = cos(x − π/2), with one rounding of the angle
    sin[p - m] = -sin[m];
  }
  return { cos, sin };
}
