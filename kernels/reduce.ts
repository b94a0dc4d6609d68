// Sums and maxima: along rows (8 lanes and a tree), along other axes and over examples (ascending), and over the
// accumulator lanes of a program (a fixed tree).

import { lanes, pointer, times, word } from './context';
import { flushed, reduceRun } from './lanes';
import { flush } from './math';

function rowsOf<T>(at: usize, kind: i32): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const rowBytes = <usize>word(at, 11);
  // Results of a padded last axis lie in rows of their own.
  const run = word(at, 12);
  const runBytes = <usize>word(at, 13);
  let inRun = 0;
  let start = to;
  for (let r = 0; r < outer; r++) {
    store<T>(to, flushed<T>(reduceRun<T>(kind, from, n)));
    from += rowBytes;
    to += sizeof<T>();
    if (run != 0 && ++inRun == run) {
      inRun = 0;
      start += runBytes;
      to = start;
    }
  }
}

export function reduceRows(at: usize): void {
  const kind = word(at, 1);
  if (word(at, 0) == 0) {
    if (kind == 0) rowsOf<f32>(at, 0);
    else rowsOf<f32>(at, 1);
  } else {
    if (kind == 0) rowsOf<f64>(at, 0);
    else rowsOf<f64>(at, 1);
  }
}

function axisOf<T>(at: usize, kind: i32): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const stride = <usize>word(at, 11);
  const bytes = <usize>word(at, 12) * sizeof<T>();
  const outerFrom = <usize>word(at, 13), outerTo = <usize>word(at, 14);
  for (let o = 0; o < outer; o++) {
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) {
      let sum = v128.load(from + i);
      let q = from + i + stride;
      for (let j = 1; j < n; j++) {
        sum = kind == 0 ? v128.add<T>(sum, v128.load(q)) : v128.pmax<T>(sum, v128.load(q));
        q += stride;
      }
      v128.store(to + i, flush<T>(sum));
    }
    for (; i < bytes; i += sizeof<T>()) {
      let sum = load<T>(from + i);
      let q = from + i + stride;
      for (let j = 1; j < n; j++) {
        const x = load<T>(q);
        if (kind == 0) sum += x;
        else sum = sum < x ? x : sum;
        q += stride;
      }
      store<T>(to + i, flushed<T>(sum));
    }
    from += outerFrom;
    to += outerTo;
  }
}

export function reduceAxis(at: usize): void {
  const kind = word(at, 1);
  if (word(at, 0) == 0) {
    if (kind == 0) axisOf<f32>(at, 0);
    else axisOf<f32>(at, 1);
  } else {
    if (kind == 0) axisOf<f64>(at, 0);
    else axisOf<f64>(at, 1);
  }
}

function examplesOf<T>(at: usize): void {
  const from = pointer(at, 1), to = pointer(at, 4);
  const n = times(at, 7), size = word(at, 9);
  const stride = <usize>word(at, 10);
  if (size == 1 && stride == sizeof<T>()) {
    store<T>(to, load<T>(to) + reduceRun<T>(0, from, n));
    return;
  }
  const bytes = <usize>size * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    let sum = v128.load(to + i);
    let q = from + i;
    for (let e = 0; e < n; e++) {
      sum = v128.add<T>(sum, v128.load(q));
      q += stride;
    }
    v128.store(to + i, sum);
  }
  for (; i < bytes; i += sizeof<T>()) {
    let sum = load<T>(to + i);
    let q = from + i;
    for (let e = 0; e < n; e++) {
      sum += load<T>(q);
      q += stride;
    }
    store<T>(to + i, sum);
  }
}

/** Adds the tile's examples to an accumulator. */
export function sumExamples(at: usize): void {
  if (word(at, 0) == 0) examplesOf<f32>(at);
  else examplesOf<f64>(at);
}

function lanesOf<T>(at: usize): void {
  const base = pointer(at, 1);
  const stride = <usize>word(at, 3);
  const bytes = (<usize>word(at, 4) * sizeof<T>() + 15) & ~15;
  for (let half = 4; half >= 1; half >>= 1) {
    for (let l = 0; l < half; l++) {
      if (l + half >= min(lanes, half << 1)) break;
      const to = base + <usize>l * stride, from = base + <usize>(l + half) * stride;
      for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.add<T>(v128.load(to + i), v128.load(from + i)));
    }
  }
  for (let i: usize = 0; i < bytes; i += 16) v128.store(base + i, flush<T>(v128.load(base + i)));
}

/** Sums the accumulators of all lanes into the first: (0+4)(1+5)(2+6)(3+7), (0+2)(1+3), (0+1). */
export function sumLanes(at: usize): void {
  if (word(at, 0) == 0) lanesOf<f32>(at);
  else lanesOf<f64>(at);
}
