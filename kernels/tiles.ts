// Which tiles run: the narrow ones walk columns in panels of 32 bytes, the wide ones in groups of 64 bytes and, where at
// most one panel is left, a last panel. Packed operands lie as the chosen tiles walk them, so that all instances of the
// kernels on one memory must choose the same. The bits do not depend on it.

import { PANEL, product } from './panels';
import { eightRowProduct, GROUP, groupProduct } from './panels-wide';

export let wide: bool = false;

/** Chooses the tiles: 0 narrow, 1 wide. What was packed before must be packed again. */
export function useTiles(choice: i32): void {
  wide = choice != 0;
}

/** Elements of a vector pair: columns of a panel. */
@inline
export function panelColumns<T>(): i32 {
  return <i32>(PANEL / sizeof<T>());
}

/** Columns that are walked together when `left` are left. */
@inline
export function groupColumns<T>(left: i32): i32 {
  return wide && left > panelColumns<T>() ? panelColumns<T>() << 1 : panelColumns<T>();
}

/** Bytes of n packed columns. */
@inline
export function packedBytes<T>(n: i32, k: i32): usize {
  return <usize>((n + panelColumns<T>() - 1) / panelColumns<T>()) * PANEL * <usize>k;
}

/** Columns of one whole panel: rows go in eights, as eight chains hide the latency of a multiply-add, the others in fours. */
@inline
function panelProduct<T>(
  m: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, step: usize, c: usize, cm: usize, add: bool,
): void {
  eightRowProduct<T>(m, k, a, am, ak, block, b, step, c, cm, add);
  const done = m & ~7;
  if (done == m) return;
  a += <usize>(done >> 2) * block;
  c += <usize>done * cm;
  product<T>(m - done, panelColumns<T>(), k, a, am, ak, block, b, step, PANEL, c, cm, add, true);
}

/** result[m, n] (+)= a·b over an operand that lies in rows (`bk` bytes apart) or, with bk 0, packed. */
export function multiply<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, block: usize, b: usize, bk: usize, c: usize, cm: usize, add: bool, whole: bool,
): void {
  const panel = panelColumns<T>();
  const packed = bk == 0;
  if (wide) {
    const columns = panel << 1;
    const step = packed ? GROUP : bk;
    while (n > panel) {
      if (n >= columns || whole) {
        groupProduct<T>(m, k, a, am, ak, block, b, step, c, cm, add);
      } else {
        panelProduct<T>(m, k, a, am, ak, block, b, step, c, cm, add);
        product<T>(m, n - panel, k, a, am, ak, block, b + PANEL, step, PANEL, c + PANEL, cm, add, false);
      }
      n -= columns;
      b += packed ? GROUP * <usize>k : GROUP;
      c += GROUP;
    }
    if (n <= 0) return;
    if (n == panel || whole) {
      panelProduct<T>(m, k, a, am, ak, block, b, packed ? PANEL : bk, c, cm, add);
      return;
    }
  }
  product<T>(m, n, k, a, am, ak, block, b, packed ? PANEL : bk, packed ? PANEL * <usize>k : PANEL, c, cm, add, whole);
}
