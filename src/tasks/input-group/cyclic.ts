/** The cyclic group Z_n with generators ±1: its Cayley graph is the cycle C_n, its characters are e^{2πikt/n}. */

import { cosineOfTurns } from '../../engine/turns.ts';
import type { Axis } from './axis.ts';

/** Frequencies k = 1 … that have a cosine and a sine; n/2, where n is even, has only its alternating sign. */
export function pairedFrequencies(n: number): number {
  return Math.floor((n - 1) / 2);
}

/** cos(2πk/n), with the same bits for k and n − k. */
export function cycleCosine(k: number, n: number): number {
  const within = ((k % n) + n) % n;
  return cosineOfTurns(Math.min(within, n - within) / n);
}

/** sin(2πk/n) = cos(2π(k/n − ¼)), odd in k bit for bit. */
export function cycleSine(k: number, n: number): number {
  const within = ((k % n) + n) % n;
  const half = Math.min(within, n - within);
  const sine = half === 0 || 2 * half === n ? 0 : cosineOfTurns(half / n - 0.25);
  return within <= n - within ? sine : -sine;
}

/**
 * Basis in the order 1, cos 1 … cos m, sin 1 … sin m and, for even n, the alternating sign; m = ⌊(n − 1)/2⌋. Component k is
 * the pair ±k, its eigenvalue 1 − cos(2πk/n).
 */
export function cyclicAxis(n: number): Axis {
  const m = pairedFrequencies(n);
  const basis = new Float64Array(n * n);
  const component = new Int32Array(n);
  const single = Math.sqrt(1 / n);
  const paired = Math.sqrt(2 / n);
  for (let t = 0; t < n; t++) basis[t] = single;
  for (let k = 1; k <= m; k++) {
    component[k] = k;
    component[m + k] = k;
    for (let t = 0; t < n; t++) {
      basis[k * n + t] = paired * cycleCosine((k * t) % n, n);
      basis[(m + k) * n + t] = paired * cycleSine((k * t) % n, n);
    }
  }
  if (n % 2 === 0) {
    component[n - 1] = n / 2;
    for (let t = 0; t < n; t++) basis[(n - 1) * n + t] = t % 2 === 0 ? single : -single;
  }
  const components = Math.floor(n / 2) + 1;
  const eigenvalues = Float64Array.from({ length: components }, (_, k) => 1 - cycleCosine(k, n));
  return {
    order: n,
    cyclic: true,
    basis,
    component,
    eigenvalues,
  };
}
