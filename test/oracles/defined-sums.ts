/**
 * The order of the engine's sums, as the arithmetic defines it: chains of fused multiply-adds in ascending index, 8 lanes
 * and a fixed tree for sums and inner products of rows, tiles of 64 examples in up to 8 lanes for sums over examples.
 */

import { F32, F64 } from './binary-floats.ts';
import { fusedMultiplyAdd } from './fused-multiply-add.ts';

export type Float = 'f32' | 'f64';

export const TILE = 64;
const LANES = 8;

/** To the nearest number of the format. */
export function rounded(x: number, dtype: Float): number {
  return dtype === 'f32' ? Math.fround(x) : x;
}

/** ((start + a₀b₀) + a₁b₁) + …, each step rounded once. */
export function chain(a: ArrayLike<number>, b: ArrayLike<number>, dtype: Float, start = 0): number {
  let sum = start;
  for (let i = 0; i < a.length; i++) sum = fusedMultiplyAdd(a[i], b[i], sum, dtype === 'f32' ? F32 : F64);
  return sum;
}

/** (0+4)(1+5)(2+6)(3+7), (0+2)(1+3), (0+1), of as many of the 8 as there are. */
export function tree(lanes: readonly number[], dtype: Float): number {
  let sums = [...lanes];
  for (let half = LANES / 2; half >= 1; half /= 2) {
    sums = Array.from({ length: Math.min(half, sums.length) }, (_, i) =>
      i + half < sums.length ? rounded(sums[i] + sums[i + half], dtype) : sums[i],
    );
  }
  return sums[0];
}

/** A sum along a row: element j belongs to lane j mod 8, each lane ascending. */
export function laneSum(values: ArrayLike<number>, dtype: Float): number {
  const lanes = new Array<number>(LANES).fill(0);
  for (let j = 0; j < values.length; j++) lanes[j % LANES] = rounded(lanes[j % LANES] + values[j], dtype);
  return tree(lanes, dtype);
}

/** A sum of products along rows that lie densely: 8 lanes by fused multiply-add, then the tree. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>, dtype: Float): number {
  const lanes = new Array<number>(LANES).fill(0);
  for (let j = 0; j < a.length; j++) {
    lanes[j % LANES] = fusedMultiplyAdd(a[j], b[j], lanes[j % LANES], dtype === 'f32' ? F32 : F64);
  }
  return tree(lanes, dtype);
}

/**
 * A sum over n examples: lane l takes the tiles from ⌊l·T/L⌋ to ⌊(l+1)·T/L⌋, `add` continues its sum by the examples
 * from start to end of one tile.
 */
export function exampleSum(
  n: number,
  dtype: Float,
  add: (sum: number, start: number, end: number) => number,
): number {
  const tiles = Math.ceil(n / TILE);
  const lanes = Math.min(LANES, Math.max(tiles, 1));
  const sums = Array.from({ length: lanes }, (_, lane) => {
    let sum = 0;
    for (
      let tile = Math.floor((lane * tiles) / lanes);
      tile < Math.floor(((lane + 1) * tiles) / lanes);
      tile++
    ) {
      sum = add(sum, tile * TILE, Math.min(n, (tile + 1) * TILE));
    }
    return sum;
  });
  return tree(sums, dtype);
}
