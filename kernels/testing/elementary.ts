// Array-wise entries for the tests of fused multiply-add, elementary functions and Philox; not part of the engine.
// Arrays are 16-byte aligned and whole vectors long.

import { madd, maddScalar } from '../madd';
import { flush, vcos, verf, vexp, vlog, vsin, vtanh } from '../math';
import { philox, uniform32 } from '../philox';

export { philox };

export function uniformOf(bits: u32): f32 {
  return uniform32(bits);
}

export function fused32(a: usize, b: usize, c: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) {
    v128.store(out + i, madd<f32>(v128.load(a + i), v128.load(b + i), v128.load(c + i)));
  }
}

export function fusedScalar32(a: f32, b: f32, c: f32): f32 {
  return maddScalar<f32>(a, b, c);
}

export function fused64(a: usize, b: usize, c: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) {
    v128.store(out + i, madd<f64>(v128.load(a + i), v128.load(b + i), v128.load(c + i)));
  }
}

export function fusedScalar64(a: f64, b: f64, c: f64): f64 {
  return maddScalar<f64>(a, b, c);
}

export function exp32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, vexp<f32>(v128.load(x + i)));
}

export function log32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, vlog<f32>(v128.load(x + i)));
}

export function tanh32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, vtanh<f32>(v128.load(x + i)));
}

export function erf32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, verf<f32>(v128.load(x + i)));
}

export function sin32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, vsin<f32>(v128.load(x + i)));
}

export function cos32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, vcos<f32>(v128.load(x + i)));
}

export function flush32(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 4; i += 16) v128.store(out + i, flush<f32>(v128.load(x + i)));
}

export function exp64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, vexp<f64>(v128.load(x + i)));
}

export function log64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, vlog<f64>(v128.load(x + i)));
}

export function tanh64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, vtanh<f64>(v128.load(x + i)));
}

export function erf64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, verf<f64>(v128.load(x + i)));
}

export function sin64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, vsin<f64>(v128.load(x + i)));
}

export function cos64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, vcos<f64>(v128.load(x + i)));
}

export function flush64(x: usize, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n * 8; i += 16) v128.store(out + i, flush<f64>(v128.load(x + i)));
}
