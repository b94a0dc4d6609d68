// Operands of products, laid out as their tiles read them.

import { pointer, times, word } from './context';
import { groupColumns } from './tiles';

/** Groups of columns of b as the tiles walk them, zeros beyond its last column: target[group][k][column]. */
export function packPanels<T>(b: usize, bk: usize, bn: usize, k: i32, n: i32, target: usize): void {
  for (let j = 0; j < n; ) {
    const width = groupColumns<T>(n - j);
    const columns = min(width, n - j);
    const bytes = <usize>width * sizeof<T>();
    let from = b + <usize>j * bn;
    j += width;
    if (columns == width && bn == sizeof<T>()) {
      for (let l = 0; l < k; l++) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        if (bytes > 32) {
          v128.store(target, v128.load(from, 32), 32);
          v128.store(target, v128.load(from, 48), 48);
        }
        from += bk;
        target += bytes;
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

/**
 * Blocks of four rows of a whose rows lie side by side (reading up to three beyond the last): target[block][k][row]. Four
 * blocks go together, so that a line of a is read once: rows a power of two apart would drive it out of the first cache.
 */
export function packBlocks<T>(a: usize, ak: usize, m: i32, k: i32, target: usize): void {
  const bytes = <usize>k * (sizeof<T>() << 2);
  let i = 0;
  for (; i + 16 <= m; i += 16) {
    let from = a, to = target;
    for (let l = 0; l < k; l++) {
      let f = from, t = to;
      for (let block = 0; block < 4; block++) {
        v128.store(t, v128.load(f));
        if (sizeof<T>() == 8) v128.store(t, v128.load(f, 16), 16);
        f += sizeof<T>() << 2;
        t += bytes;
      }
      from += ak;
      to += sizeof<T>() << 2;
    }
    a += sizeof<T>() << 4;
    target += bytes << 2;
  }
  for (; i < m; i += 4) {
    let from = a;
    for (let l = 0; l < k; l++) {
      v128.store(target, v128.load(from));
      if (sizeof<T>() == 8) v128.store(target, v128.load(from, 16), 16);
      from += ak;
      target += sizeof<T>() << 2;
    }
    a += sizeof<T>() << 2;
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
