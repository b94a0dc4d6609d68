// One row times a few rows of b, walked side by side: each element by fused multiply-add in ascending k.

import { madd } from './madd';
import { flush } from './math';

/** One row times a few rows of b, which are walked side by side: result (+)= Σ x·b[k]. */
@inline
function combine<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, n: i32, k: i32, add: bool): void {
  const bytes = <usize>n * sizeof<T>();
  const x0 = v128.load_splat<T>(a);
  const x1 = k > 1 ? v128.load_splat<T>(a + ak) : x0;
  const x2 = k > 2 ? v128.load_splat<T>(a + 2 * ak) : x0;
  const x3 = k > 3 ? v128.load_splat<T>(a + 3 * ak) : x0;
  let b1 = b + bk, b2 = b1 + bk, b3 = b2 + bk;
  for (const end = c + bytes; c < end; c += 32) {
    let r0 = v128.splat<T>(<T>0), r1 = r0;
    if (add) {
      r0 = v128.load(c);
      r1 = v128.load(c, 16);
    }
    r0 = madd<T>(x0, v128.load(b), r0);
    r1 = madd<T>(x0, v128.load(b, 16), r1);
    b += 32;
    if (k > 1) {
      r0 = madd<T>(x1, v128.load(b1), r0);
      r1 = madd<T>(x1, v128.load(b1, 16), r1);
      b1 += 32;
    }
    if (k > 2) {
      r0 = madd<T>(x2, v128.load(b2), r0);
      r1 = madd<T>(x2, v128.load(b2, 16), r1);
      b2 += 32;
    }
    if (k > 3) {
      r0 = madd<T>(x3, v128.load(b3), r0);
      r1 = madd<T>(x3, v128.load(b3, 16), r1);
      b3 += 32;
    }
    v128.store(c, flush<T>(r0));
    v128.store(c, flush<T>(r1), 16);
  }
}

/** `combine` for any k, four at a time; only for whole rows, whose last vectors may be stored. */
export function combineAll<T>(a: usize, ak: usize, b: usize, bk: usize, c: usize, n: i32, k: i32, add: bool): void {
  let more = add;
  for (; k >= 4; k -= 4) {
    combine<T>(a, ak, b, bk, c, n, 4, more);
    a += ak << 2;
    b += bk << 2;
    more = true;
  }
  if (k == 3) combine<T>(a, ak, b, bk, c, n, 3, more);
  else if (k == 2) combine<T>(a, ak, b, bk, c, n, 2, more);
  else if (k == 1) combine<T>(a, ak, b, bk, c, n, 1, more);
}
