// Sums over the elements of a row that are not 0, as a mask names them: a pass holds the sums of up to 8 pairs of vectors of
// one row, and walks the bits of its mask.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { madd } from './madd';
import { wide } from './tiles';

/** Most pairs of vectors in one pass: what an engine keeps in registers, with 256 and with 128 bits. */
const WIDE_PAIRS = 8;
const NARROW_PAIRS = 3;

/** Elements of a row of a lie side by side; `pairs` of vectors is known when compiled. */
@inline
function pass(pairs: i32, m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  const zero = f32x4.splat(0);
  const bits = magnitudeBits<f32>(), smallest = smallestNormals<f32>();
  for (; m != 0; m--) {
    let mask = load<u64>(masks);
    let r0 = zero, r1 = zero, r2 = zero, r3 = zero, r4 = zero, r5 = zero, r6 = zero, r7 = zero;
    let r8 = zero, r9 = zero, r10 = zero, r11 = zero, r12 = zero, r13 = zero, r14 = zero, r15 = zero;
    if (begun) {
      r0 = v128.load(c);
      r1 = v128.load(c, 16);
      if (pairs > 1) {
        r2 = v128.load(c, 32);
        r3 = v128.load(c, 48);
      }
      if (pairs > 2) {
        r4 = v128.load(c, 64);
        r5 = v128.load(c, 80);
      }
      if (pairs > 3) {
        r6 = v128.load(c, 96);
        r7 = v128.load(c, 112);
      }
      if (pairs > 4) {
        r8 = v128.load(c, 128);
        r9 = v128.load(c, 144);
      }
      if (pairs > 5) {
        r10 = v128.load(c, 160);
        r11 = v128.load(c, 176);
      }
      if (pairs > 6) {
        r12 = v128.load(c, 192);
        r13 = v128.load(c, 208);
      }
      if (pairs > 7) {
        r14 = v128.load(c, 224);
        r15 = v128.load(c, 240);
      }
    }
    while (mask != 0) {
      const k = <usize>ctz(mask);
      mask &= mask - 1;
      const x = v128.load32_splat(a + (k << 2));
      const q = b + k * bk;
      r0 = madd<f32>(x, v128.load(q), r0);
      r1 = madd<f32>(x, v128.load(q, 16), r1);
      if (pairs > 1) {
        r2 = madd<f32>(x, v128.load(q, 32), r2);
        r3 = madd<f32>(x, v128.load(q, 48), r3);
      }
      if (pairs > 2) {
        r4 = madd<f32>(x, v128.load(q, 64), r4);
        r5 = madd<f32>(x, v128.load(q, 80), r5);
      }
      if (pairs > 3) {
        r6 = madd<f32>(x, v128.load(q, 96), r6);
        r7 = madd<f32>(x, v128.load(q, 112), r7);
      }
      if (pairs > 4) {
        r8 = madd<f32>(x, v128.load(q, 128), r8);
        r9 = madd<f32>(x, v128.load(q, 144), r9);
      }
      if (pairs > 5) {
        r10 = madd<f32>(x, v128.load(q, 160), r10);
        r11 = madd<f32>(x, v128.load(q, 176), r11);
      }
      if (pairs > 6) {
        r12 = madd<f32>(x, v128.load(q, 192), r12);
        r13 = madd<f32>(x, v128.load(q, 208), r13);
      }
      if (pairs > 7) {
        r14 = madd<f32>(x, v128.load(q, 224), r14);
        r15 = madd<f32>(x, v128.load(q, 240), r15);
      }
    }
    if (last) {
      r0 = flushBy<f32>(r0, bits, smallest);
      r1 = flushBy<f32>(r1, bits, smallest);
      if (pairs > 1) {
        r2 = flushBy<f32>(r2, bits, smallest);
        r3 = flushBy<f32>(r3, bits, smallest);
      }
      if (pairs > 2) {
        r4 = flushBy<f32>(r4, bits, smallest);
        r5 = flushBy<f32>(r5, bits, smallest);
      }
      if (pairs > 3) {
        r6 = flushBy<f32>(r6, bits, smallest);
        r7 = flushBy<f32>(r7, bits, smallest);
      }
      if (pairs > 4) {
        r8 = flushBy<f32>(r8, bits, smallest);
        r9 = flushBy<f32>(r9, bits, smallest);
      }
      if (pairs > 5) {
        r10 = flushBy<f32>(r10, bits, smallest);
        r11 = flushBy<f32>(r11, bits, smallest);
      }
      if (pairs > 6) {
        r12 = flushBy<f32>(r12, bits, smallest);
        r13 = flushBy<f32>(r13, bits, smallest);
      }
      if (pairs > 7) {
        r14 = flushBy<f32>(r14, bits, smallest);
        r15 = flushBy<f32>(r15, bits, smallest);
      }
    }
    v128.store(c, r0);
    v128.store(c, r1, 16);
    if (pairs > 1) {
      v128.store(c, r2, 32);
      v128.store(c, r3, 48);
    }
    if (pairs > 2) {
      v128.store(c, r4, 64);
      v128.store(c, r5, 80);
    }
    if (pairs > 3) {
      v128.store(c, r6, 96);
      v128.store(c, r7, 112);
    }
    if (pairs > 4) {
      v128.store(c, r8, 128);
      v128.store(c, r9, 144);
    }
    if (pairs > 5) {
      v128.store(c, r10, 160);
      v128.store(c, r11, 176);
    }
    if (pairs > 6) {
      v128.store(c, r12, 192);
      v128.store(c, r13, 208);
    }
    if (pairs > 7) {
      v128.store(c, r14, 224);
      v128.store(c, r15, 240);
    }
    masks += 8;
    a += am;
    c += cm;
  }
}

function pass1(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(1, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass2(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(2, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass3(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(3, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass4(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(4, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass5(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(5, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass6(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(6, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass7(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(7, m, masks, a, am, b, bk, c, cm, begun, last);
}

function pass8(m: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool): void {
  pass(8, m, masks, a, am, b, bk, c, cm, begun, last);
}

/**
 * result[i, ·] = (what is there, if `begun`) + Σ a[i, k]·b[k, ·] over the set bits k of mask i; flushed if this is the `last` block.
 * @param n columns; rows of b and of the result are whole blocks of 32 bytes
 */
export function walkRows(
  m: i32, n: i32, masks: usize, a: usize, am: usize, b: usize, bk: usize, c: usize, cm: usize, begun: bool, last: bool,
): void {
  const all = (n + 7) >> 3, most = wide ? WIDE_PAIRS : NARROW_PAIRS;
  const passes = (all + most - 1) / most;
  let done = 0;
  for (let p = 1; p <= passes; p++) {
    const pairs = (all * p) / passes - done;
    const from = b + (<usize>done << 5), to = c + (<usize>done << 5);
    switch (pairs) {
      case 1: pass1(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 2: pass2(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 3: pass3(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 4: pass4(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 5: pass5(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 6: pass6(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 7: pass7(m, masks, a, am, from, bk, to, cm, begun, last); break;
      case 8: pass8(m, masks, a, am, from, bk, to, cm, begun, last); break;
      default: unreachable();
    }
    done += pairs;
  }
}
