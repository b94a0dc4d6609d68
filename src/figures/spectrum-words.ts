/** What a power spectrum on the torus shows, in words: its diagonal, its constant mode, its strongest modes. */
import { percentLabel } from './number-labels.ts';

/** The modes (k, k), functions of a + b; the modes (k, −k), functions of a − b; or neither. */
export type Diagonal = 'main' | 'anti' | 'none';

/** A frequency with the minus sign of mathematics. */
export function frequencyLabel(frequency: number): string {
  return String(frequency).replace('-', '−');
}

/** A share as percent; what only rounds to nothing is shown as < 0.1 %. */
function shareLabel(share: number): string {
  return share > 0 && share < 0.0005 ? '<0.1%' : percentLabel(share);
}

/** Not broken into lines. */
function modeLabel(i: number, j: number): string {
  return `(${frequencyLabel(i)},\u00a0${frequencyLabel(j)})`;
}

/** How the power is shared out, in words. */
export function spectrumWords(shares: readonly (readonly number[])[], diagonal: Diagonal): string {
  const p = shares.length;
  const total = shares.flat().reduce((sum, share) => sum + share, 0);
  if (total === 0) return 'There is no power: all logits are zero.';
  const zero = shares[0][0];
  const rest = total - zero;
  const partner = (k: number) => (diagonal === 'main' ? k : p - k);
  const onDiagonal = Array.from({ length: p - 1 }, (_, i) => shares[i + 1][partner(i + 1)]);
  const sum = onDiagonal.reduce((a, b) => a + b, 0);
  const words =
    diagonal === 'none' || !(rest > 0)
      ? []
      : [
          `Between the two strokes lie the functions of ${diagonal === 'main' ? 'a\u00a0+\u00a0b' : 'a\u00a0−\u00a0b'}: ` +
            `${shareLabel(sum / rest)} of the power without ${modeLabel(0, 0)}.`,
        ];
  const strongest = strongestPairs(shares)
    .map(({ i, j, share }) => `±${modeLabel(i, j)}\u00a0${shareLabel(share)}`)
    .join(', ');
  return [
    ...words,
    `The mode ${modeLabel(0, 0)} holds ${shareLabel(zero)} of all power${strongest === '' ? '' : `; strongest: ${strongest}`}.`,
  ].join(' ');
}

/** The three strongest modes, each together with its negative, whose power is the same for real logits. */
function strongestPairs(shares: readonly (readonly number[])[]): { i: number; j: number; share: number }[] {
  const p = shares.length;
  const centred = (k: number) => (k <= p / 2 ? k : k - p);
  const pairs: { i: number; j: number; share: number }[] = [];
  for (let i = 0; i <= p / 2; i++) {
    for (let j = 0; j < p; j++) {
      const [oppositeI, oppositeJ] = [(p - i) % p, (p - j) % p];
      // Of each pair the mode with i > 0, or on the axis i = −i the one with j ≥ 0.
      if ((i === 0 && j === 0) || (i === oppositeI && j > oppositeJ)) continue;
      const alone = i === oppositeI && j === oppositeJ;
      const share = shares[i][j] + (alone ? 0 : shares[oppositeI][oppositeJ]);
      if (share > 0) pairs.push({ i: centred(i), j: centred(j), share });
    }
  }
  return pairs.sort((a, b) => b.share - a.share || a.i - b.i || a.j - b.j).slice(0, 3);
}
