// Copies between layouts, zeros, conversion between dtypes, and dropout masks.

import { pointer, tile, times, word } from './context';
import { flush } from './math';
import { philox } from './philox';

const HEADER = 8; // element bytes, two pointers, loops
const LOOP = 4; // count, strides of source and target

function nested(at: usize, depth: i32, from: usize, to: usize): void {
  const size = <usize>word(at, 0);
  const q = at + ((HEADER + depth * LOOP) << 2);
  const n = times(q, 0);
  const source = <usize>word(q, 2), target = <usize>word(q, 3);
  if (depth + 1 < word(at, HEADER - 1)) {
    for (let i = 0; i < n; i++) nested(at, depth + 1, from + <usize>i * source, to + <usize>i * target);
  } else if (source == size && target == size) {
    memory.copy(to, from, <usize>n * size);
  } else if (size == 4) {
    for (let i = 0; i < n; i++) {
      store<u32>(to, load<u32>(from));
      from += source;
      to += target;
    }
  } else {
    for (let i = 0; i < n; i++) {
      store<u64>(to, load<u64>(from));
      from += source;
      to += target;
    }
  }
}

export function copy(at: usize): void {
  nested(at, 0, pointer(at, 1), pointer(at, 4));
}

export function fill(at: usize): void {
  memory.fill(pointer(at, 0), 0, <usize>times(at, 3));
}

/** From and to f32 (0), f64 (1), i32 (2); what is below the normal range becomes 0. */
export function cast(at: usize): void {
  const from = word(at, 0), to = word(at, 1);
  let source = pointer(at, 2), target = pointer(at, 5);
  const n = times(at, 8);
  for (let i = 0; i < n; i++) {
    let x: f64;
    if (from == 0) x = <f64>load<f32>(source);
    else if (from == 1) x = load<f64>(source);
    else x = <f64>load<i32>(source);
    if (to == 0) store<f32>(target, f32x4.extract_lane(flush<f32>(f32x4.splat(<f32>x)), 0));
    else if (to == 1) store<f64>(target, f64x2.extract_lane(flush<f64>(f64x2.splat(x)), 0));
    else store<i32>(target, i32x4.extract_lane(i32x4.trunc_sat_f64x2_s_zero(f64x2.splat(x)), 0));
    source += from == 1 ? 8 : 4;
    target += to == 1 ? 8 : 4;
  }
}

/**
 * One row per example (a shorter last block of a row runs over into the next, written after it): 0, or 1/(1 − rate) where 24 bits of Philox reach the threshold; four elements a block.
 */
export function dropout(at: usize): void {
  const dtype = word(at, 0);
  const to = pointer(at, 1);
  const n = times(at, 4), size = word(at, 6);
  const seed = load<u32>(pointer(at, 7)), step = load<u32>(pointer(at, 10));
  const stream = <u32>word(at, 13), threshold = <u32>word(at, 14);
  const kept: f64 = 1.0 / (1.0 - <f64>threshold / 16777216.0);
  const bytes = dtype == 1 ? 8 : 4;
  for (let r = 0; r < n; r++) {
    const slot = <u32>(tile * 64 + r);
    const row = to + <usize>(r * size * bytes);
    for (let j = 0; j < size; j += 4) {
      const block = row + <usize>(j * bytes);
      const left = min(4, size - j);
      if (dtype == 1) {
        philox(<u32>(j >> 2), slot, step, 0, seed, stream, block);
        // Bits lie in the low half of the block: widen them from the last.
        for (let e = left - 1; e >= 0; e--) {
          const bits = load<u32>(block + (<usize>e << 2)) >> 8;
          store<f64>(block + (<usize>e << 3), bits >= threshold ? kept : 0);
        }
      } else {
        philox(<u32>(j >> 2), slot, step, 0, seed, stream, block);
        for (let e = 0; e < left; e++) {
          const bits = load<u32>(block + (<usize>e << 2)) >> 8;
          store<f32>(block + (<usize>e << 2), bits >= threshold ? <f32>kept : 0);
        }
      }
    }
  }
}
