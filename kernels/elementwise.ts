// Groups of elementwise steps, run chunk by chunk: intermediate values stay in registers of 1 KB that fit the first
// cache. Every arithmetic result below the normal range is flushed to zero where it arises.

import { pointer, times, word } from './context';
import { flush, vcos, verf, vexp, vlog, vsin, vtanh } from './math';

/** Bytes of a register: one chunk of 256 f32 or 128 f64. */
export const REGISTER_BYTES: usize = 1024;

const HEADER = 13; // dtype, 3 counts, operands, steps, stores, registers
const OPERAND = 6; // pointer, outer stride, row stride, whether columns are strided
const STEP = 5; // code, target, a, b, c
const STORE = 6; // register, pointer, outer stride, row stride

@inline
function one<T>(): v128 {
  return v128.splat<T>(<T>1);
}

@inline
function apply<T>(code: i32, a: v128, b: v128, c: v128): v128 {
  if (code == 0) return a;
  if (code == 1) return isFloat<T>() ? flush<T>(v128.add<T>(a, b)) : v128.add<T>(a, b);
  if (code == 2) return isFloat<T>() ? flush<T>(v128.sub<T>(a, b)) : v128.sub<T>(a, b);
  if (code == 3) return isFloat<T>() ? flush<T>(v128.mul<T>(a, b)) : v128.mul<T>(a, b);
  if (code == 7) {
    const yes = v128.gt<T>(a, b);
    return v128.and(yes, one<T>());
  }
  if (code == 8) return v128.and(v128.eq<T>(a, b), one<T>());
  if (code == 9) return v128.bitselect(c, b, v128.eq<T>(a, v128.splat<T>(<T>0)));
  if (code == 10) return v128.neg<T>(a);
  if (isFloat<T>()) {
    const zero = v128.splat<T>(<T>0);
    if (code == 4) return flush<T>(v128.div<T>(a, b));
    // a where it is not smaller (or either is NaN), as in a < b ? b : a.
    if (code == 5) return v128.pmax<T>(a, b);
    if (code == 6) return v128.pmin<T>(a, b);
    if (code == 11) return v128.abs<T>(a);
    if (code == 12) return v128.sqrt<T>(a);
    if (code == 13) return flush<T>(v128.mul<T>(a, a));
    if (code == 14) return flush<T>(v128.div<T>(one<T>(), a));
    if (code == 15) return v128.pmax<T>(a, zero);
    if (code == 16) return v128.and(v128.gt<T>(a, zero), one<T>());
    if (code == 17)
      return v128.sub<T>(v128.and(v128.gt<T>(a, zero), one<T>()), v128.and(v128.lt<T>(a, zero), one<T>()));
    if (code == 18) return vexp<T>(a);
    if (code == 19) return vlog<T>(a);
    if (code == 20) return vtanh<T>(a);
    if (code == 21) return verf<T>(a);
    if (code == 22) return vsin<T>(a);
    if (code == 23) return vcos<T>(a);
    if (code == 24) return v128.andnot(a, v128.lt<T>(v128.abs<T>(a), b));
  }
  return a;
}

/** `n` elements rounded up to whole blocks of 32 bytes; every buffer has room for that. */
@inline
function run<T>(code: i32, target: usize, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32, n: i32): void {
  const bytes = (<usize>n * sizeof<T>() + 31) & ~31;
  let x = v128.splat<T>(load<T>(a));
  let y = x;
  let z = x;
  const binary = (code >= 1 && code <= 9) || code == 24;
  if (binary) y = v128.splat<T>(load<T>(b));
  if (code == 9) z = v128.splat<T>(load<T>(c));
  for (let i: usize = 0; i < bytes; i += 16) {
    if (sa) x = v128.load(a + i);
    if (binary) {
      if (sb) y = v128.load(b + i);
    }
    if (code == 9) {
      if (sc) z = v128.load(c + i);
    }
    v128.store(target + i, apply<T>(code, x, y, z));
  }
}

function step<T>(code: i32, target: usize, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32, n: i32): void {
  switch (code) {
    case 0: return run<T>(0, target, a, sa, b, sb, c, sc, n);
    case 1: return run<T>(1, target, a, sa, b, sb, c, sc, n);
    case 2: return run<T>(2, target, a, sa, b, sb, c, sc, n);
    case 3: return run<T>(3, target, a, sa, b, sb, c, sc, n);
    case 7: return run<T>(7, target, a, sa, b, sb, c, sc, n);
    case 8: return run<T>(8, target, a, sa, b, sb, c, sc, n);
    case 9: return run<T>(9, target, a, sa, b, sb, c, sc, n);
    case 10: return run<T>(10, target, a, sa, b, sb, c, sc, n);
  }
  if (isFloat<T>()) {
    switch (code) {
      case 4: return run<T>(4, target, a, sa, b, sb, c, sc, n);
      case 5: return run<T>(5, target, a, sa, b, sb, c, sc, n);
      case 6: return run<T>(6, target, a, sa, b, sb, c, sc, n);
      case 11: return run<T>(11, target, a, sa, b, sb, c, sc, n);
      case 12: return run<T>(12, target, a, sa, b, sb, c, sc, n);
      case 13: return run<T>(13, target, a, sa, b, sb, c, sc, n);
      case 14: return run<T>(14, target, a, sa, b, sb, c, sc, n);
      case 15: return run<T>(15, target, a, sa, b, sb, c, sc, n);
      case 16: return run<T>(16, target, a, sa, b, sb, c, sc, n);
      case 17: return run<T>(17, target, a, sa, b, sb, c, sc, n);
      case 18: return run<T>(18, target, a, sa, b, sb, c, sc, n);
      case 19: return run<T>(19, target, a, sa, b, sb, c, sc, n);
      case 20: return run<T>(20, target, a, sa, b, sb, c, sc, n);
      case 21: return run<T>(21, target, a, sa, b, sb, c, sc, n);
      case 22: return run<T>(22, target, a, sa, b, sb, c, sc, n);
      case 23: return run<T>(23, target, a, sa, b, sb, c, sc, n);
      case 24: return run<T>(24, target, a, sa, b, sb, c, sc, n);
    }
  }
  unreachable();
}

function group<T>(at: usize): void {
  const outer = times(at, 1);
  const middle = times(at, 3);
  const columns = times(at, 5);
  const operands = word(at, 7);
  const steps = word(at, 8);
  const stores = word(at, 9);
  const registers = pointer(at, 10);
  const operandsAt = at + (HEADER << 2);
  const stepsAt = operandsAt + <usize>(operands * (OPERAND << 2));
  const storesAt = stepsAt + <usize>(steps * (STEP << 2));
  const chunk = <i32>(REGISTER_BYTES / sizeof<T>());
  for (let o = 0; o < outer; o++) {
    for (let r = 0; r < middle; r++) {
      for (let column = 0; column < columns; column += chunk) {
        const n = min(chunk, columns - column);
        for (let s = 0; s < steps; s++) {
          const q = stepsAt + <usize>(s * (STEP << 2));
          const a = source<T>(operandsAt, registers, operands, word(q, 2), o, r, column);
          const sa = strided(operandsAt, operands, word(q, 2));
          const b = source<T>(operandsAt, registers, operands, word(q, 3), o, r, column);
          const sb = strided(operandsAt, operands, word(q, 3));
          const c = source<T>(operandsAt, registers, operands, word(q, 4), o, r, column);
          const sc = strided(operandsAt, operands, word(q, 4));
          const to = word(q, 1);
          const target =
            to >= 0 ? registers + <usize>to * REGISTER_BYTES : stored<T>(storesAt, -to - 1, o, r, column);
          step<T>(word(q, 0), target, a, sa, b, sb, c, sc, n);
        }
        for (let s = 0; s < stores; s++) {
          const from = word(storesAt + <usize>(s * (STORE << 2)), 0);
          if (from < 0) continue;
          memory.copy(stored<T>(storesAt, s, o, r, column), registers + <usize>from * REGISTER_BYTES, <usize>n * sizeof<T>());
        }
      }
    }
  }
}

@inline
function source<T>(operandsAt: usize, registers: usize, operands: i32, i: i32, o: i32, r: i32, column: i32): usize {
  if (i >= operands) return registers + <usize>(i - operands) * REGISTER_BYTES;
  const q = operandsAt + <usize>(i * (OPERAND << 2));
  const columnBytes = word(q, 5) != 0 ? column * <i32>sizeof<T>() : 0;
  return pointer(q, 0) + <usize>(o * word(q, 3) + r * word(q, 4) + columnBytes);
}

@inline
function strided(operandsAt: usize, operands: i32, i: i32): i32 {
  return i >= operands ? 1 : word(operandsAt + <usize>(i * (OPERAND << 2)), 5);
}

@inline
function stored<T>(storesAt: usize, i: i32, o: i32, r: i32, column: i32): usize {
  const q = storesAt + <usize>(i * (STORE << 2));
  return pointer(q, 1) + <usize>(o * word(q, 4) + r * word(q, 5) + column * <i32>sizeof<T>());
}

export function elementwise(at: usize): void {
  const dtype = word(at, 0);
  if (dtype == 0) group<f32>(at);
  else if (dtype == 1) group<f64>(at);
  else group<i32>(at);
}
