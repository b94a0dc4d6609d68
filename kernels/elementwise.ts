// Groups of elementwise steps, run chunk by chunk: intermediate values stay in registers of 1 KB that fit the first
// cache. Every arithmetic result below the normal range is flushed to zero where it arises.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { pointer, times, word } from './context';
import { madd } from './madd';
import { vcos, verf, vexp, vlog, vsin, vtanh } from './math';

/** Bytes of a register: one chunk of 256 f32 or 128 f64. */
export const REGISTER_BYTES: usize = 1024;

const HEADER = 13; // dtype, 3 counts, operands, steps, stores, registers
const OPERAND = 6; // pointer, outer stride, row stride, whether columns are strided
const STEP = 5; // code, target, a, b, c
const STORE = 6; // register, pointer, outer stride, row stride

// Steps are types, so that a loop is compiled for each and holds nothing but its own operation.
class Copy {} class Add {} class Sub {} class Mul {} class Div {} class Maximum {} class Minimum {} class Greater {} class Equal {}
class Select {} class Neg {} class Abs {} class Sqrt {} class Square {} class Reciprocal {} class Relu {} class Step {}
class Sign {} class Exp {} class Log {} class Tanh {} class Erf {} class Sin {} class Cos {} class ZeroBelow {} class MulAdd {}

@inline
function ones<T>(): v128 {
  return v128.splat<T>(<T>1);
}

@inline
function zeros<T>(): v128 {
  return v128.splat<T>(<T>0);
}

/** Integers are not flushed. */
@inline
function flushed<T>(x: v128, bits: v128, smallest: v128): v128 {
  return isFloat<T>() ? flushBy<T>(x, bits, smallest) : x;
}

@inline
function apply<T, Op>(a: v128, b: v128, c: v128, bits: v128, smallest: v128): v128 {
  if (idof<Op>() == idof<Copy>()) return a;
  if (idof<Op>() == idof<Add>()) return flushed<T>(v128.add<T>(a, b), bits, smallest);
  if (idof<Op>() == idof<Sub>()) return flushed<T>(v128.sub<T>(a, b), bits, smallest);
  if (idof<Op>() == idof<Mul>()) return flushed<T>(v128.mul<T>(a, b), bits, smallest);
  if (idof<Op>() == idof<Greater>()) return v128.and(v128.gt<T>(a, b), ones<T>());
  if (idof<Op>() == idof<Equal>()) return v128.and(v128.eq<T>(a, b), ones<T>());
  if (idof<Op>() == idof<Select>()) return v128.bitselect(c, b, v128.eq<T>(a, zeros<T>()));
  if (idof<Op>() == idof<Neg>()) return v128.neg<T>(a);
  if (isFloat<T>()) {
    // One rounding.
    if (idof<Op>() == idof<MulAdd>()) return flushBy<T>(madd<T>(a, b, c), bits, smallest);
    // Maximum and minimum keep a where neither is larger, or either is NaN.
    if (idof<Op>() == idof<Div>()) return flushBy<T>(v128.div<T>(a, b), bits, smallest);
    if (idof<Op>() == idof<Maximum>()) return v128.pmax<T>(a, b);
    if (idof<Op>() == idof<Minimum>()) return v128.pmin<T>(a, b);
    if (idof<Op>() == idof<Abs>()) return v128.and(a, bits);
    if (idof<Op>() == idof<Sqrt>()) return v128.sqrt<T>(a);
    if (idof<Op>() == idof<Square>()) return flushBy<T>(v128.mul<T>(a, a), bits, smallest);
    if (idof<Op>() == idof<Reciprocal>()) return flushBy<T>(v128.div<T>(ones<T>(), a), bits, smallest);
    if (idof<Op>() == idof<Relu>()) return v128.pmax<T>(a, zeros<T>());
    if (idof<Op>() == idof<Step>()) return v128.and(v128.gt<T>(a, zeros<T>()), ones<T>());
    if (idof<Op>() == idof<Sign>()) return v128.sub<T>(v128.and(v128.gt<T>(a, zeros<T>()), ones<T>()), v128.and(v128.lt<T>(a, zeros<T>()), ones<T>()));
    if (idof<Op>() == idof<Exp>()) return vexp<T>(a);
    if (idof<Op>() == idof<Log>()) return vlog<T>(a);
    if (idof<Op>() == idof<Tanh>()) return vtanh<T>(a);
    if (idof<Op>() == idof<Erf>()) return verf<T>(a);
    if (idof<Op>() == idof<Sin>()) return vsin<T>(a);
    if (idof<Op>() == idof<Cos>()) return vcos<T>(a);
    if (idof<Op>() == idof<ZeroBelow>()) return flushBy<T>(a, bits, b);
  }
  return a;
}

/** Operands that a step reads. */
@inline
function arity<Op>(): i32 {
  if (idof<Op>() == idof<Select>() || idof<Op>() == idof<MulAdd>()) return 3;
  if (idof<Op>() == idof<Add>() || idof<Op>() == idof<Sub>() || idof<Op>() == idof<Mul>() || idof<Op>() == idof<Div>() || idof<Op>() == idof<Maximum>()) return 2;
  if (idof<Op>() == idof<Minimum>() || idof<Op>() == idof<Greater>() || idof<Op>() == idof<Equal>() || idof<Op>() == idof<ZeroBelow>()) return 2;
  return 1;
}

/** Walks blocks of 32 bytes: two vectors side by side, so that an engine can join them. What does not step is one number. */
@inline
function walk<T, Op>(target: usize, end: usize, a: usize, sa: bool, b: usize, sb: bool, c: usize, sc: bool): void {
  const x = v128.load_splat<T>(a), y = v128.load_splat<T>(b), z = v128.load_splat<T>(c);
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  for (; target != end; target += 32) {
    const first = apply<T, Op>(sa ? v128.load(a) : x, sb ? v128.load(b) : y, sc ? v128.load(c) : z, bits, smallest);
    const second = apply<T, Op>(sa ? v128.load(a, 16) : x, sb ? v128.load(b, 16) : y, sc ? v128.load(c, 16) : z, bits, smallest);
    v128.store(target, first);
    v128.store(target, second, 16);
    if (sa) a += 32;
    if (sb) b += 32;
    if (sc) c += 32;
  }
}

/** `n` elements rounded up to whole blocks of 32 bytes; every buffer has room for that. */
@inline
function run<T, Op>(target: usize, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32, n: i32): void {
  const end = target + ((<usize>n * sizeof<T>() + 31) & ~31);
  if (arity<Op>() == 1) {
    if (sa) return walk<T, Op>(target, end, a, true, a, false, a, false);
    const x = v128.load_splat<T>(a);
    const value = apply<T, Op>(x, x, x, magnitudeBits<T>(), smallestNormals<T>());
    for (; target != end; target += 16) v128.store(target, value);
    return;
  }
  if (arity<Op>() == 2) {
    if (sa && sb) return walk<T, Op>(target, end, a, true, b, true, a, false);
    if (sa) return walk<T, Op>(target, end, a, true, b, false, a, false);
    if (sb) return walk<T, Op>(target, end, a, false, b, true, a, false);
    return walk<T, Op>(target, end, a, false, b, false, a, false);
  }
  if (sa && sb && sc) return walk<T, Op>(target, end, a, true, b, true, c, true);
  if (sa && sb) return walk<T, Op>(target, end, a, true, b, true, c, false);
  if (sa && sc) return walk<T, Op>(target, end, a, true, b, false, c, true);
  if (sb && sc) return walk<T, Op>(target, end, a, false, b, true, c, true);
  if (sa) return walk<T, Op>(target, end, a, true, b, false, c, false);
  if (sb) return walk<T, Op>(target, end, a, false, b, true, c, false);
  if (sc) return walk<T, Op>(target, end, a, false, b, false, c, true);
  return walk<T, Op>(target, end, a, false, b, false, c, false);
}

function step<T>(code: i32, target: usize, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32, n: i32): void {
  switch (code) {
    case 0: return run<T, Copy>(target, a, sa, b, sb, c, sc, n);
    case 1: return run<T, Add>(target, a, sa, b, sb, c, sc, n);
    case 2: return run<T, Sub>(target, a, sa, b, sb, c, sc, n);
    case 3: return run<T, Mul>(target, a, sa, b, sb, c, sc, n);
    case 7: return run<T, Greater>(target, a, sa, b, sb, c, sc, n);
    case 8: return run<T, Equal>(target, a, sa, b, sb, c, sc, n);
    case 9: return run<T, Select>(target, a, sa, b, sb, c, sc, n);
    case 10: return run<T, Neg>(target, a, sa, b, sb, c, sc, n);
  }
  if (isFloat<T>()) {
    switch (code) {
      case 4: return run<T, Div>(target, a, sa, b, sb, c, sc, n);
      case 5: return run<T, Maximum>(target, a, sa, b, sb, c, sc, n);
      case 6: return run<T, Minimum>(target, a, sa, b, sb, c, sc, n);
      case 11: return run<T, Abs>(target, a, sa, b, sb, c, sc, n);
      case 12: return run<T, Sqrt>(target, a, sa, b, sb, c, sc, n);
      case 13: return run<T, Square>(target, a, sa, b, sb, c, sc, n);
      case 14: return run<T, Reciprocal>(target, a, sa, b, sb, c, sc, n);
      case 15: return run<T, Relu>(target, a, sa, b, sb, c, sc, n);
      case 16: return run<T, Step>(target, a, sa, b, sb, c, sc, n);
      case 17: return run<T, Sign>(target, a, sa, b, sb, c, sc, n);
      case 18: return run<T, Exp>(target, a, sa, b, sb, c, sc, n);
      case 19: return run<T, Log>(target, a, sa, b, sb, c, sc, n);
      case 20: return run<T, Tanh>(target, a, sa, b, sb, c, sc, n);
      case 21: return run<T, Erf>(target, a, sa, b, sb, c, sc, n);
      case 22: return run<T, Sin>(target, a, sa, b, sb, c, sc, n);
      case 23: return run<T, Cos>(target, a, sa, b, sb, c, sc, n);
      case 24: return run<T, ZeroBelow>(target, a, sa, b, sb, c, sc, n);
      case 25: return run<T, MulAdd>(target, a, sa, b, sb, c, sc, n);
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
