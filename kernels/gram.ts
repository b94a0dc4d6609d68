// A·Aᵀ, one triangle of it: each element by fused multiply-add over the columns of A, ascending, stored every 128 of them.

import { pointer, word } from './context';
import { GROUP } from './panels-wide';
import { multiply } from './tiles';
import { groupWidth, upperAt } from './triangles';

/** Columns of A that are gone through at a time, so that the first cache holds two groups of rows. */
const DEPTH = 128;

/** Groups of rows with the rows side by side, zeros beyond the last row: target[group][column][row]. */
function turn<T>(a: usize, am: usize, ak: usize, rows: i32, k: i32, target: usize, first: i32, count: i32): void {
  const width = groupWidth<T>();
  for (let g = first; g < first + count; g++) {
    const from = a + <usize>(g * width) * am;
    let to = target + <usize>g * <usize>k * GROUP;
    const there = min(width, rows - g * width);
    let l = 0;
    if (sizeof<T>() == 8 && ak == 8 && there == 8) {
      for (; l + 2 <= k; l += 2) {
        let source = from + (<usize>l << 3);
        for (let i = 0; i < 64; i += 16) {
          const x = v128.load(source), y = v128.load(source + am);
          v128.store(to + i, v128.shuffle<f64>(x, y, 0, 2));
          v128.store(to + i, v128.shuffle<f64>(x, y, 1, 3), 64);
          source += am << 1;
        }
        to += GROUP << 1;
      }
    }
    for (; l < k; l++) {
      let source = from + <usize>l * ak;
      for (let i = 0; i < width; i++) {
        store<T>(to + <usize>i * sizeof<T>(), i < there ? load<T>(source) : <T>0);
        source += am;
      }
      to += GROUP;
    }
  }
}

/** Rows of a matrix in groups: dtype, matrix, strides of rows and columns, rows, columns, target, first group, count. */
export function turnRows(at: usize): void {
  const a = pointer(at, 1), target = pointer(at, 8);
  if (word(at, 0) == 0) turn<f32>(a, <usize>word(at, 4), <usize>word(at, 5), word(at, 6), word(at, 7), target, word(at, 11), word(at, 12));
  else turn<f64>(a, <usize>word(at, 4), <usize>word(at, 5), word(at, 6), word(at, 7), target, word(at, 11), word(at, 12));
}

function products<T>(rows: usize, k: i32, target: usize, first: i32, count: i32): void {
  const width = groupWidth<T>();
  const stride = <usize>k * GROUP, block = <usize>width * GROUP;
  for (let begin = 0; begin < k; begin += DEPTH) {
    const depth = min(DEPTH, k - begin);
    const part = rows + <usize>begin * GROUP;
    for (let g = first; g < first + count; g++) {
      const b = part + <usize>g * stride;
      let a = part, c = target + upperAt<T>(g);
      for (let i = 0; i <= g; i++) {
        multiply<T>(width, width, depth, a, sizeof<T>(), GROUP, sizeof<T>() << 2, b, GROUP, c, GROUP, begin != 0, true);
        a += stride;
        c += block;
      }
    }
  }
}

/** The upper triangle of A·Aᵀ in groups: dtype, rows in groups, columns of A, target, first group, count. */
export function gram(at: usize): void {
  const rows = pointer(at, 1), target = pointer(at, 5);
  if (word(at, 0) == 0) products<f32>(rows, word(at, 4), target, word(at, 8), word(at, 9));
  else products<f64>(rows, word(at, 4), target, word(at, 8), word(at, 9));
}
