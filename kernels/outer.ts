// Outer products: every row of the result is the same row of b, times a number of its own.

import { madd } from './madd';
import { flushBy, magnitudeBits, smallestNormals } from './bits';

@inline
function rowsOf<T>(
  m: i32, bytes: usize, a: usize, am: usize, b: usize, c: usize, cm: usize, add: bool,
): void {
  const zero = v128.splat<T>(<T>0);
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const x0 = v128.load_splat<T>(a), x1 = v128.load_splat<T>(a + am), x2 = v128.load_splat<T>(a + 2 * am), x3 = v128.load_splat<T>(a + 3 * am);
    let c0 = c, c1 = c + cm, c2 = c1 + cm, c3 = c2 + cm, from = b;
    const end = b + bytes;
    while (from != end) {
      const u = v128.load(from), v = v128.load(from, 16);
      // All are fetched first: rows may lie a multiple of 4 KB apart, and a load waits for a store before it that ends alike.
      const p0 = add ? v128.load(c0) : zero, q0 = add ? v128.load(c0, 16) : zero;
      const p1 = add ? v128.load(c1) : zero, q1 = add ? v128.load(c1, 16) : zero;
      const p2 = add ? v128.load(c2) : zero, q2 = add ? v128.load(c2, 16) : zero;
      const p3 = add ? v128.load(c3) : zero, q3 = add ? v128.load(c3, 16) : zero;
      v128.store(c0, flushBy<T>(madd<T>(x0, u, p0), bits, smallest));
      v128.store(c0, flushBy<T>(madd<T>(x0, v, q0), bits, smallest), 16);
      v128.store(c1, flushBy<T>(madd<T>(x1, u, p1), bits, smallest));
      v128.store(c1, flushBy<T>(madd<T>(x1, v, q1), bits, smallest), 16);
      v128.store(c2, flushBy<T>(madd<T>(x2, u, p2), bits, smallest));
      v128.store(c2, flushBy<T>(madd<T>(x2, v, q2), bits, smallest), 16);
      v128.store(c3, flushBy<T>(madd<T>(x3, u, p3), bits, smallest));
      v128.store(c3, flushBy<T>(madd<T>(x3, v, q3), bits, smallest), 16);
      from += 32;
      c0 += 32;
      c1 += 32;
      c2 += 32;
      c3 += 32;
    }
    a += am << 2;
    c += cm << 2;
  }
  for (; i < m; i++) {
    const x = v128.load_splat<T>(a);
    for (let j: usize = 0; j < bytes; j += 32) {
      const p = flushBy<T>(madd<T>(x, v128.load(b + j), add ? v128.load(c + j) : zero), bits, smallest);
      const q = flushBy<T>(madd<T>(x, v128.load(b + j, 16), add ? v128.load(c + j, 16) : zero), bits, smallest);
      v128.store(c + j, p);
      v128.store(c + j, q, 16);
    }
    a += am;
    c += cm;
  }
}

function assign<T>(m: i32, bytes: usize, a: usize, am: usize, b: usize, c: usize, cm: usize): void {
  rowsOf<T>(m, bytes, a, am, b, c, cm, false);
}

function extend<T>(m: i32, bytes: usize, a: usize, am: usize, b: usize, c: usize, cm: usize): void {
  rowsOf<T>(m, bytes, a, am, b, c, cm, true);
}

/** result[i, ·] (+)= a[i]·b; rows are whole blocks of 32 bytes. */
@inline
export function outer<T>(
  m: i32, n: i32, a: usize, am: usize, b: usize, c: usize, cm: usize, add: bool,
): void {
  const bytes = (<usize>n * sizeof<T>() + 31) & ~31;
  if (add) extend<T>(m, bytes, a, am, b, c, cm);
  else assign<T>(m, bytes, a, am, b, c, cm);
}
