/**
 * The low band of a spectrum: the smooth modes, those whose Laplacian eigenvalue is small. Equal eigenvalues stay together.
 */

import type { SpectralConfig } from '../config/index.ts';
import type { Modes } from './spectrum.ts';

/** Eigenvalues that differ by less are the same one, computed for another mode. */
const SAME = 1e-12;

/**
 * Which modes count at all, and which of them are low. `fraction` keeps every mode with λ ≤ the ⌈value·n⌉-th smallest of the n
 * basis functions, `count` with λ ≤ the value-th smallest, `cutoff` with λ ≤ value. Without `include_zero` the modes with λ = 0
 * do not count: neither in the band nor in the total.
 *
 * @returns by mode: 0 does not count, 1 counts, 2 is low
 */
export function lowBand(
  { eigenvalues, multiplicity }: Pick<Modes, 'eigenvalues' | 'multiplicity'>,
  { mode, value, include_zero }: Pick<SpectralConfig, 'mode' | 'value' | 'include_zero'>,
): Uint8Array {
  const counts = Uint8Array.from(eigenvalues, (eigenvalue) => (include_zero || eigenvalue > SAME ? 1 : 0));
  const order = [...counts.keys()]
    .filter((i) => counts[i] === 1)
    .sort((a, b) => (eigenvalues[a] as number) - (eigenvalues[b] as number) || a - b);
  let largest = mode === 'cutoff' ? value : Number.NEGATIVE_INFINITY;
  if (mode !== 'cutoff') {
    const functions = order.reduce((total, i) => total + (multiplicity[i] as number), 0);
    const wanted = mode === 'count' ? value : Math.ceil(value * functions);
    let taken = 0;
    for (const i of order) {
      if (taken >= wanted) break;
      taken += multiplicity[i] as number;
      largest = eigenvalues[i] as number;
    }
  }
  return counts.map((counted, i) =>
    counted === 1 && (eigenvalues[i] as number) <= largest + SAME ? 2 : counted,
  );
}
