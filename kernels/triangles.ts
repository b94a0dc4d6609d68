// Triangles of square matrices as the products of the linear algebra read them: groups of columns that are 64 bytes wide (8
// f64 or 16 f32), each with the rows down to its diagonal block, one row of a group behind the other. A factor holds its
// upper triangle so (U, with A = UᵀU), behind it the transpose in the same groups, each from its diagonal block on, and a
// last row that says how the pivots fared. Whatever lies beyond the matrix is 0, and 1 on the diagonal of a factor.

import { pointer, word } from './context';
import { GROUP } from './panels-wide';

/** Columns of a group. */
@inline
export function groupWidth<T>(): i32 {
  return <i32>(GROUP / sizeof<T>());
}

/** Groups of n columns. */
@inline
export function groupsOf<T>(n: i32): i32 {
  return (n + groupWidth<T>() - 1) / groupWidth<T>();
}

/** Where group g of an upper triangle begins: the groups before it hold 1 … g blocks. */
@inline
export function upperAt<T>(g: i32): usize {
  return ((<usize>g * <usize>(g + 1)) >> 1) * <usize>groupWidth<T>() * GROUP;
}

/** Where group g of the transpose begins: the groups before it hold `groups` … groups − g + 1 blocks. */
@inline
export function lowerAt<T>(g: i32, groups: i32): usize {
  return ((<usize>g * <usize>(2 * groups - g + 1)) >> 1) * <usize>groupWidth<T>() * GROUP;
}

/** Transposes a block of a group's width. */
@inline
export function turnBlock<T>(from: usize, to: usize): void {
  const width = groupWidth<T>();
  if (sizeof<T>() == 8) {
    for (let i = 0; i < 8; i += 2) {
      let source = from + (<usize>i << 6), target = to + (<usize>i << 3);
      for (let j = 0; j < 8; j += 2) {
        const x = v128.load(source), y = v128.load(source, 64);
        v128.store(target, v128.shuffle<f64>(x, y, 0, 2));
        v128.store(target, v128.shuffle<f64>(x, y, 1, 3), 64);
        source += 16;
        target += 128;
      }
    }
    return;
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      store<T>(to + (<usize>j * GROUP) + <usize>i * sizeof<T>(), load<T>(from + (<usize>i * GROUP) + <usize>j * sizeof<T>()));
    }
  }
}

/** The upper triangle of a matrix in groups. */
function gather<T>(matrix: usize, pitch: usize, panels: usize, n: i32, first: i32, count: i32): void {
  const width = groupWidth<T>();
  for (let g = first; g < first + count; g++) {
    let to = panels + upperAt<T>(g);
    const columns = min(width, n - g * width);
    let from = matrix + <usize>g * GROUP;
    for (let i = 0; i < (g + 1) * width; i++) {
      if (i < n && columns == width) {
        memory.copy(to, from, GROUP);
      } else {
        for (let j = 0; j < width; j++) store<T>(to + <usize>j * sizeof<T>(), i < n && j < columns ? load<T>(from + <usize>j * sizeof<T>()) : <T>0);
      }
      from += pitch;
      to += GROUP;
    }
  }
}

/** Both triangles of the symmetric matrix whose upper one lies in groups, row by row. */
function spread<T>(matrix: usize, pitch: usize, panels: usize, n: i32, first: i32, count: i32): void {
  const width = groupWidth<T>();
  for (let i = first; i < first + count; i++) {
    const to = matrix + <usize>i * pitch;
    const own = i / width;
    // Left of its own group the row is a column of that group.
    const column = panels + upperAt<T>(own) + <usize>(i - own * width) * sizeof<T>();
    for (let j = 0; j < own * width; j++) store<T>(to + <usize>j * sizeof<T>(), load<T>(column + <usize>j * GROUP));
    for (let g = own; g * width < n; g++) {
      const from = panels + upperAt<T>(g) + <usize>i * GROUP;
      const columns = min(width, n - g * width);
      memory.copy(to + <usize>g * GROUP, from, <usize>columns * sizeof<T>());
    }
  }
}

/** Element (i, k) of a lower triangle that continues beyond n as the unit matrix. */
@inline
function lowerElement<T>(matrix: usize, pitch: usize, n: i32, i: i32, k: i32): T {
  if (k > i) return <T>0;
  if (i >= n) return i == k ? <T>1 : <T>0;
  return load<T>(matrix + <usize>i * pitch + <usize>k * sizeof<T>());
}

/** A lower triangle as a factor. */
function factorOf<T>(matrix: usize, pitch: usize, panels: usize, n: i32, first: i32, count: i32): void {
  const width = groupWidth<T>(), groups = groupsOf<T>(n);
  const transpose = panels + upperAt<T>(groups);
  for (let g = first; g < first + count; g++) {
    let to = panels + upperAt<T>(g);
    for (let k = 0; k < (g + 1) * width; k++) {
      for (let i = 0; i < width; i++) store<T>(to + <usize>i * sizeof<T>(), lowerElement<T>(matrix, pitch, n, g * width + i, k));
      to += GROUP;
    }
    to = transpose + lowerAt<T>(g, groups);
    for (let k = g * width; k < groups * width; k++) {
      for (let i = 0; i < width; i++) store<T>(to + <usize>i * sizeof<T>(), lowerElement<T>(matrix, pitch, n, k, g * width + i));
      to += GROUP;
    }
  }
  if (first == 0) memory.fill(transpose + upperAt<T>(groups), 0, GROUP);
}

/** The lower triangle of a factor, zeros above it, row by row. */
function lowerOf<T>(matrix: usize, pitch: usize, panels: usize, n: i32, first: i32, count: i32): void {
  const width = groupWidth<T>();
  for (let i = first; i < first + count; i++) {
    const to = matrix + <usize>i * pitch;
    const own = i / width;
    const column = panels + upperAt<T>(own) + <usize>(i - own * width) * sizeof<T>();
    for (let k = 0; k < n; k++) store<T>(to + <usize>k * sizeof<T>(), k <= i ? load<T>(column + <usize>k * GROUP) : <T>0);
  }
}

function convert<T>(mode: i32, matrix: usize, pitch: usize, panels: usize, n: i32, first: i32, count: i32): void {
  if (mode == 0) gather<T>(matrix, pitch, panels, n, first, count);
  else if (mode == 1) factorOf<T>(matrix, pitch, panels, n, first, count);
  else if (mode == 2) spread<T>(matrix, pitch, panels, n, first, count);
  else lowerOf<T>(matrix, pitch, panels, n, first, count);
}

/** Between matrices in rows and their triangles in groups: dtype, mode, matrix, bytes of a row, groups, n, first, count. */
export function triangle(at: usize): void {
  const matrix = pointer(at, 2), panels = pointer(at, 6);
  const pitch = <usize>word(at, 5);
  if (word(at, 0) == 0) convert<f32>(word(at, 1), matrix, pitch, panels, word(at, 9), word(at, 10), word(at, 11));
  else convert<f64>(word(at, 1), matrix, pitch, panels, word(at, 9), word(at, 10), word(at, 11));
}
