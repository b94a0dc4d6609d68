// Softmax and log-softmax of rows: the maximum is subtracted first; sums in 8 lanes and a tree.

import { pointer, times, word } from './context';
import { lanesOf, reduceRun, tree } from './lanes';
import { flush, vexp, vlog } from './math';

/** Stores 8 lanes, or the first n of them where a shorter row ends. */
@inline
function storeLanes<T>(to: usize, part: i32, x: v128, n: i32, whole: bool): void {
  const width = <i32>(16 / sizeof<T>());
  const at = to + (<usize>part << 4);
  const left = n - part * width;
  if (whole || left >= width) {
    v128.store(at, x);
  } else if (sizeof<T>() == 4) {
    if (left > 0) v128.store_lane<f32>(at, x, 0);
    if (left > 1) v128.store_lane<f32>(at, x, 1, 4);
    if (left > 2) v128.store_lane<f32>(at, x, 2, 8);
  } else if (left > 0) {
    v128.store_lane<f64>(at, x, 0);
  }
}

function rowsOf<T>(at: usize, logarithm: bool): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const rowBytes = <usize>word(at, 11);
  const whole = n > 8;
  const parts = <i32>(sizeof<T>() >> 1);
  const low = v128.splat<T>(<T>-Infinity);
  const zero = v128.splat<T>(<T>0);
  const block = sizeof<T>() << 3;
  for (let r = 0; r < outer; r++) {
    const top = v128.splat<T>(reduceRun<T>(1, from, n));
    let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
    let q = from, p = to;
    for (let j = 0; j < n; j += 8) {
      for (let part = 0; part < parts; part++) {
        const e = vexp<T>(v128.sub<T>(lanesOf<T>(q, part, n - j, low), top));
        if (part == 0) s0 = v128.add<T>(s0, e);
        else if (part == 1) s1 = v128.add<T>(s1, e);
        else if (part == 2) s2 = v128.add<T>(s2, e);
        else s3 = v128.add<T>(s3, e);
        if (!logarithm) storeLanes<T>(p, part, e, n - j, whole);
      }
      q += block;
      p += block;
    }
    const total = v128.splat<T>(tree<T>(0, s0, s1, s2, s3));
    const scale = logarithm ? vlog<T>(total) : v128.div<T>(v128.splat<T>(<T>1), total);
    q = from;
    p = to;
    for (let j = 0; j < n; j += 8) {
      for (let part = 0; part < parts; part++) {
        const x = logarithm
          ? v128.sub<T>(v128.sub<T>(v128.load(q + (<usize>part << 4)), top), scale)
          : v128.mul<T>(v128.load(p + (<usize>part << 4)), scale);
        storeLanes<T>(p, part, flush<T>(x), n - j, whole);
      }
      q += block;
      p += block;
    }
    from += rowBytes;
    to += rowBytes;
  }
}

export function softmax(at: usize): void {
  const logarithm = word(at, 1) != 0;
  if (word(at, 0) == 0) rowsOf<f32>(at, logarithm);
  else rowsOf<f64>(at, logarithm);
}
