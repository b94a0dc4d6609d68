// Matrix products in loops: result[m, n] (+)= Σₖ a[m, k]·b[k, n], each element by fused multiply-add in ascending k.

import { combineAll } from './combine';
import { pointer, times, word } from './context';
import { packBlocks, packPanels } from './pack';
import { multiply, packedBytes, panelColumns } from './tiles';

const HEADER = 30;
const LOOP = 5; // count, strides in a, b and the result
/** Up to this many summed products of one row are combined row by row of b. */
const FEW = 16;

function loops<T>(at: usize, depth: i32, a: usize, b: usize, c: usize): void {
  if (depth < word(at, HEADER - 1)) {
    const q = at + ((HEADER + depth * LOOP) << 2);
    const count = times(q, 0);
    for (let i = 0; i < count; i++) loops<T>(at, depth + 1, a + <usize>(i * word(q, 2)), b + <usize>(i * word(q, 3)), c + <usize>(i * word(q, 4)));
    return;
  }
  const m = times(at, 5), n = times(at, 7), k = times(at, 9);
  const am = <usize>word(at, 14), ak = <usize>word(at, 15);
  const bk = <usize>word(at, 19), bn = <usize>word(at, 20);
  const cm = <usize>word(at, 24);
  const add = word(at, 2) != 0;
  const mode = word(at, 3);
  const whole = word(at, 4) != 0;
  if (mode == 0) {
    if (m == 1 && k <= FEW && (whole || n % panelColumns<T>() == 0)) {
      combineAll<T>(a, ak, b, bk, c, n, k, add);
      return;
    }
    multiply<T>(m, n, k, a, am, ak, am << 2, b, bk, c, cm, add, whole);
    return;
  }
  if (mode == 1) {
    multiply<T>(m, n, k, a, am, ak, am << 2, b, 0, c, cm, add, whole);
    return;
  }
  const packed = pointer(at, 26);
  packPanels<T>(b, bk, bn, k, n, packed);
  if (mode == 2) {
    multiply<T>(m, n, k, a, am, ak, am << 2, packed, 0, c, cm, add, whole);
    return;
  }
  const blocks = packed + packedBytes<T>(n, k);
  packBlocks<T>(a, ak, m, k, blocks);
  multiply<T>(m, n, k, blocks, sizeof<T>(), sizeof<T>() << 2, <usize>k * (sizeof<T>() << 2), packed, 0, c, cm, add, whole);
}

export function contract(at: usize): void {
  const a = pointer(at, 11), b = pointer(at, 16), c = pointer(at, 21);
  if (word(at, 0) == 0) loops<f32>(at, 0, a, b, c);
  else loops<f64>(at, 0, a, b, c);
}
