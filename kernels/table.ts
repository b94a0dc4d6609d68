// Rows by index: gather and its adjoint, one element of each row and its adjoint, the index of the largest, and the
// columns of the data set for the examples of a tile.

import { flushBy, magnitudeBits, smallestNormals } from './bits';
import { pointer, times, word } from './context';
import { flushed } from './lanes';

@inline
function indexAt(indices: usize, i: i32): usize {
  return <usize>load<i32>(indices + (<usize>i << 2));
}

export function gather(at: usize): void {
  const table = pointer(at, 0), indices = pointer(at, 3);
  let to = pointer(at, 6);
  const n = times(at, 9);
  const bytes = <usize>word(at, 11);
  for (let i = 0; i < n; i++) {
    memory.copy(to, table + indexAt(indices, i) * bytes, bytes);
    to += bytes;
  }
}

function addRows<T>(at: usize): void {
  let from = pointer(at, 1);
  const indices = pointer(at, 4), table = pointer(at, 7);
  const n = times(at, 10), size = word(at, 12);
  const bytes = <usize>word(at, 13);
  const whole = bytes & ~15;
  const bits = magnitudeBits<T>(), smallest = smallestNormals<T>();
  for (let i = 0; i < n; i++) {
    const to = table + indexAt(indices, i) * bytes;
    let j: usize = 0;
    for (; j + 32 <= whole; j += 32) {
      const t = to + j, f = from + j;
      const x = v128.add<T>(v128.load(t), v128.load(f)), y = v128.add<T>(v128.load(t, 16), v128.load(f, 16));
      v128.store(t, flushBy<T>(x, bits, smallest));
      v128.store(t, flushBy<T>(y, bits, smallest), 16);
    }
    for (; j < whole; j += 16) v128.store(to + j, flushBy<T>(v128.add<T>(v128.load(to + j), v128.load(from + j)), bits, smallest));
    for (; j < <usize>size * sizeof<T>(); j += sizeof<T>()) store<T>(to + j, flushed<T>(load<T>(to + j) + load<T>(from + j)));
    from += bytes;
  }
}

export function scatterAdd(at: usize): void {
  if (word(at, 0) == 0) addRows<f32>(at);
  else addRows<f64>(at);
}

export function take(at: usize): void {
  const size = <usize>word(at, 0);
  let from = pointer(at, 1), to = pointer(at, 7);
  const indices = pointer(at, 4);
  const n = times(at, 10);
  const rowBytes = <usize>word(at, 12);
  for (let i = 0; i < n; i++) {
    memory.copy(to, from + indexAt(indices, i) * size, size);
    from += rowBytes;
    to += size;
  }
}

export function place(at: usize): void {
  const size = <usize>word(at, 0);
  let from = pointer(at, 1), to = pointer(at, 7);
  const indices = pointer(at, 4);
  const n = times(at, 10);
  const rowBytes = <usize>word(at, 12);
  memory.fill(to, 0, <usize>n * rowBytes);
  for (let i = 0; i < n; i++) {
    memory.copy(to + indexAt(indices, i) * size, from, size);
    from += size;
    to += rowBytes;
  }
}

function largest<T>(at: usize): void {
  let from = pointer(at, 1), to = pointer(at, 4);
  const n = times(at, 7), extent = word(at, 9);
  const rowBytes = <usize>word(at, 10);
  for (let i = 0; i < n; i++) {
    let best = load<T>(from);
    let index = 0;
    for (let j = 1; j < extent; j++) {
      const x = load<T>(from + <usize>j * sizeof<T>());
      if (x > best) {
        best = x;
        index = j;
      }
    }
    store<i32>(to, index);
    from += rowBytes;
    to += 4;
  }
}

export function argmax(at: usize): void {
  const dtype = word(at, 0);
  if (dtype == 0) largest<f32>(at);
  else if (dtype == 1) largest<f64>(at);
  else largest<i32>(at);
}

/** Copies the rows of a data set's column that the run's order names. */
export function loadColumn(at: usize): void {
  const column = pointer(at, 0), order = pointer(at, 3);
  let to = pointer(at, 6);
  const n = times(at, 9);
  const bytes = <usize>word(at, 11);
  for (let i = 0; i < n; i++) {
    memory.copy(to, column + indexAt(order, i) * bytes, bytes);
    to += bytes;
  }
}
