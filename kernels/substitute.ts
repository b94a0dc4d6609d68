// Triangular systems with many right-hand sides: UᵀY = B forward, UX = Y backward. With c = −b all sums are fused multiply-adds,
// ascending over the rows before (forward) or descending over the rows behind (backward), then −c divided by the pivot.

import { flush } from './bits';
import { pointer, word } from './context';
import { madd } from './madd';
import { GROUP } from './panels-wide';
import { multiply } from './tiles';
import { groupsOf, groupWidth, lowerAt, upperAt } from './triangles';

/** row ← −row of `columns` elements; whole vectors where the row's end may be written over. */
@inline
function negateRow<T>(from: usize, to: usize, columns: i32, whole: bool): void {
  const bytes = <usize>columns * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= bytes || (whole && i < bytes); i += 16) v128.store(to + i, v128.neg<T>(v128.load(from + i)));
  for (; i < bytes; i += sizeof<T>()) store<T>(to + i, -load<T>(from + i));
}

/** One vector of row j: the sum over rows q = from, from + step … before `end`, then the division; u[q] is what row q is weighed with. */
@inline
function eliminated<T>(row: usize, other: usize, stride: usize, u: usize, step: usize, count: i32, divisor: v128): v128 {
  let r = v128.load(row);
  for (; count != 0; count--) {
    r = madd<T>(v128.load_splat<T>(u), v128.load(other), r);
    u += step;
    other += stride;
  }
  return flush<T>(v128.div<T>(r, divisor));
}

/** Row j of a block solved, from `count` rows of it that are: the first at `other`, each `stride` further on. */
@inline
function solveRow<T>(row: usize, other: usize, stride: usize, u: usize, step: usize, count: i32, pivot: T, columns: i32, whole: bool): void {
  const divisor = v128.neg<T>(v128.splat<T>(pivot));
  const bytes = <usize>columns * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= bytes || (whole && i < bytes); i += 16) v128.store(row + i, eliminated<T>(row + i, other + i, stride, u, step, count, divisor));
  if (i >= bytes) return;
  const last = eliminated<T>(row + i, other + i, stride, u, step, count, divisor);
  v128.store_lane<T>(row + i, last, 0);
  if (sizeof<T>() == 4) {
    if (i + 4 < bytes) v128.store_lane<f32>(row + i, last, 1, 4);
    if (i + 8 < bytes) v128.store_lane<f32>(row + i, last, 2, 8);
  }
}

function forward<T>(panels: usize, b: usize, x: usize, pitch: usize, n: i32, columns: i32, whole: bool): void {
  const width = groupWidth<T>(), groups = groupsOf<T>(n);
  for (let r = 0; r < groups; r++) {
    const start = r * width;
    const rows = min(width, n - start);
    const upper = panels + upperAt<T>(r);
    const c = x + <usize>start * pitch;
    for (let j = 0; j < rows; j++) negateRow<T>(b + <usize>(start + j) * pitch, c + <usize>j * pitch, columns, whole);
    if (r != 0) multiply<T>(rows, columns, start, upper, sizeof<T>(), GROUP, sizeof<T>() << 2, x, pitch, c, pitch, true, whole);
    const diagonal = upper + <usize>start * GROUP;
    for (let j = 0; j < rows; j++) {
      const u = diagonal + <usize>j * sizeof<T>();
      solveRow<T>(c + <usize>j * pitch, c, pitch, u, GROUP, j, load<T>(u + <usize>j * GROUP), columns, whole);
    }
  }
}

function backward<T>(panels: usize, y: usize, x: usize, pitch: usize, n: i32, columns: i32, whole: bool): void {
  const width = groupWidth<T>(), groups = groupsOf<T>(n);
  const transpose = panels + upperAt<T>(groups);
  for (let r = groups - 1; r >= 0; r--) {
    const start = r * width;
    const rows = min(width, n - start);
    const c = x + <usize>start * pitch;
    for (let j = 0; j < rows; j++) negateRow<T>(y + <usize>(start + j) * pitch, c + <usize>j * pitch, columns, whole);
    const behind = n - start - rows;
    if (behind > 0) {
      const a = transpose + lowerAt<T>(r, groups) + <usize>(n - 1 - start) * GROUP;
      multiply<T>(rows, columns, behind, a, sizeof<T>(), 0 - GROUP, sizeof<T>() << 2, x + <usize>(n - 1) * pitch, 0 - pitch, c, pitch, true, whole);
    }
    const diagonal = panels + upperAt<T>(r) + <usize>start * GROUP;
    for (let j = rows - 1; j >= 0; j--) {
      const u = diagonal + <usize>j * GROUP;
      const last = <usize>(rows - 1);
      solveRow<T>(c + <usize>j * pitch, c + last * pitch, 0 - pitch, u + last * sizeof<T>(), 0 - sizeof<T>(), rows - 1 - j, load<T>(u + <usize>j * sizeof<T>()), columns, whole);
    }
  }
}

function solve<T>(kind: i32, panels: usize, b: usize, x: usize, pitch: usize, n: i32, columns: i32, whole: bool): void {
  if (kind != 1) forward<T>(panels, b, x, pitch, n, columns, whole);
  if (kind != 0) backward<T>(panels, kind == 1 ? b : x, x, pitch, n, columns, whole);
}

/** dtype, kind (0 forward, 1 backward, 2 both), factor, right-hand sides, solution, bytes of their rows, n, columns, whether whole panels may be stored. */
export function substitute(at: usize): void {
  const panels = pointer(at, 2), b = pointer(at, 5), x = pointer(at, 8);
  const pitch = <usize>word(at, 11);
  const whole = word(at, 14) != 0;
  if (word(at, 0) == 0) solve<f32>(word(at, 1), panels, b, x, pitch, word(at, 12), word(at, 13), whole);
  else solve<f64>(word(at, 1), panels, b, x, pitch, word(at, 12), word(at, 13), whole);
}
