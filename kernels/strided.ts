// Products of any strides, element by element in ascending k.

import { madd } from './madd';
import { flush } from './math';

/** Any strides: four columns side by side, as chains that do not wait for each other. */
export function strided<T>(
  m: i32, n: i32, k: i32, a: usize, am: usize, ak: usize, b: usize, bk: usize, bn: usize, c: usize, cm: usize, cn: usize, add: bool,
): void {
  const zero = v128.splat<T>(<T>0);
  for (let i = 0; i < m; i++) {
    let to = c + <usize>i * cm;
    let from = b;
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      let r0 = zero, r1 = zero, r2 = zero, r3 = zero;
      if (add) {
        r0 = v128.load_splat<T>(to);
        r1 = v128.load_splat<T>(to + cn);
        r2 = v128.load_splat<T>(to + 2 * cn);
        r3 = v128.load_splat<T>(to + 3 * cn);
      }
      let x = a + <usize>i * am;
      let y0 = from, y1 = y0 + bn, y2 = y1 + bn, y3 = y2 + bn;
      for (let l = k; l != 0; l--) {
        const v = v128.load_splat<T>(x);
        r0 = madd<T>(v, v128.load_splat<T>(y0), r0);
        r1 = madd<T>(v, v128.load_splat<T>(y1), r1);
        r2 = madd<T>(v, v128.load_splat<T>(y2), r2);
        r3 = madd<T>(v, v128.load_splat<T>(y3), r3);
        x += ak;
        y0 += bk;
        y1 += bk;
        y2 += bk;
        y3 += bk;
      }
      storeOne<T>(to, r0);
      storeOne<T>(to + cn, r1);
      storeOne<T>(to + 2 * cn, r2);
      storeOne<T>(to + 3 * cn, r3);
      to += cn << 2;
      from += bn << 2;
    }
    for (; j < n; j++) {
      let r = add ? v128.load_splat<T>(to) : zero;
      let x = a + <usize>i * am, y = from;
      for (let l = k; l != 0; l--) {
        r = madd<T>(v128.load_splat<T>(x), v128.load_splat<T>(y), r);
        x += ak;
        y += bk;
      }
      storeOne<T>(to, r);
      to += cn;
      from += bn;
    }
  }
}

@inline
function storeOne<T>(to: usize, x: v128): void {
  v128.store_lane<T>(to, flush<T>(x), 0);
}
