// Operands of products, laid out as their tiles read them.

import { pointer, times, word } from './context';
import { PANEL } from './panels';

/** Column panels of b, zeros beyond its last column: target[panel][k][column]. */
export function packPanels<T>(b: usize, bk: usize, bn: usize, k: i32, n: i32, target: usize): void {
  const width = <i32>(PANEL / sizeof<T>());
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    let from = b + <usize>j * bn;
    if (columns == width && bn == sizeof<T>()) {
      for (let l = 0; l < k; l++) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        from += bk;
        target += PANEL;
      }
      continue;
    }
    for (let l = 0; l < k; l++) {
      for (let v = 0; v < width; v++) {
        store<T>(target, v < columns ? load<T>(from + <usize>v * bn) : <T>0);
        target += sizeof<T>();
      }
      from += bk;
    }
  }
}

/** Blocks of four rows of a whose rows lie side by side (reading up to three beyond the last): target[block][k][row]. */
export function packBlocks<T>(a: usize, ak: usize, m: i32, k: i32, target: usize): void {
  for (let i = 0; i < m; i += 4) {
    let from = a + <usize>i * sizeof<T>();
    for (let l = 0; l < k; l++) {
      v128.store(target, v128.load(from));
      if (sizeof<T>() == 8) v128.store(target, v128.load(from, 16), 16);
      from += ak;
      target += sizeof<T>() << 2;
    }
  }
}

/** Packs an operand before the tiles run. */
export function pack(at: usize): void {
  const b = pointer(at, 1), target = pointer(at, 10);
  const bk = <usize>word(at, 4), bn = <usize>word(at, 5);
  const k = times(at, 6), n = times(at, 8);
  if (word(at, 0) == 0) packPanels<f32>(b, bk, bn, k, n, target);
  else packPanels<f64>(b, bk, bn, k, n, target);
}
