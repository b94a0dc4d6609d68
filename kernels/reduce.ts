// Sums and maxima: along rows (8 lanes and a tree), along other axes and over examples (ascending), and over the
// accumulator lanes of a program (a fixed tree).

import { lanes, pointer, times, word } from './context';
import { flushed, join, Maximum, reduceRun, Sum } from './lanes';
import { flush } from './math';

function rowsOf<T, Kind>(at: usize): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const rowBytes = <usize>word(at, 11);
  // Results of a padded last axis lie in rows of their own.
  const run = word(at, 12);
  const runBytes = <usize>word(at, 13);
  let inRun = 0;
  let start = to;
  for (let r = 0; r < outer; r++) {
    store<T>(to, flushed<T>(reduceRun<T, Kind>(from, n)));
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
    if (kind == 0) rowsOf<f32, Sum>(at);
    else rowsOf<f32, Maximum>(at);
  } else {
    if (kind == 0) rowsOf<f64, Sum>(at);
    else rowsOf<f64, Maximum>(at);
  }
}

function axisOf<T, Kind>(at: usize): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const stride = <usize>word(at, 11);
  const bytes = <usize>word(at, 12) * sizeof<T>();
  const outerFrom = <usize>word(at, 13), outerTo = <usize>word(at, 14);
  for (let o = 0; o < outer; o++) {
    let i: usize = 0;
    for (; i + 32 <= bytes; i += 32) {
      let q = from + i;
      let sum0 = v128.load(q), sum1 = v128.load(q, 16);
      for (let j = 1; j < n; j++) {
        q += stride;
        sum0 = join<T, Kind>(sum0, v128.load(q));
        sum1 = join<T, Kind>(sum1, v128.load(q, 16));
      }
      v128.store(to + i, flush<T>(sum0));
      v128.store(to + i, flush<T>(sum1), 16);
    }
    for (; i + 16 <= bytes; i += 16) {
      let q = from + i;
      let sum = v128.load(q);
      for (let j = 1; j < n; j++) {
        q += stride;
        sum = join<T, Kind>(sum, v128.load(q));
      }
      v128.store(to + i, flush<T>(sum));
    }
    for (; i < bytes; i += sizeof<T>()) {
      let sum = load<T>(from + i);
      let q = from + i + stride;
      for (let j = 1; j < n; j++) {
        const x = load<T>(q);
        if (idof<Kind>() == idof<Sum>()) sum += x;
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
    if (kind == 0) axisOf<f32, Sum>(at);
    else axisOf<f32, Maximum>(at);
  } else {
    if (kind == 0) axisOf<f64, Sum>(at);
    else axisOf<f64, Maximum>(at);
  }
}

function examplesOf<T>(at: usize): void {
  const from = pointer(at, 1), to = pointer(at, 4);
  const n = times(at, 7), size = word(at, 9);
  const stride = <usize>word(at, 10);
  if (size == 1 && stride == sizeof<T>()) {
    store<T>(to, flushed<T>(load<T>(to) + reduceRun<T, Sum>(from, n)));
    return;
  }
  const bytes = <usize>size * sizeof<T>();
  let i: usize = 0;
  // Whole lines of the cache at a time, for the examples lie far apart.
  for (; i + 64 <= bytes; i += 64) {
    const t = to + i;
    let sum0 = v128.load(t), sum1 = v128.load(t, 16), sum2 = v128.load(t, 32), sum3 = v128.load(t, 48);
    let q = from + i;
    for (let e = 0; e < n; e++) {
      sum0 = v128.add<T>(sum0, v128.load(q));
      sum1 = v128.add<T>(sum1, v128.load(q, 16));
      sum2 = v128.add<T>(sum2, v128.load(q, 32));
      sum3 = v128.add<T>(sum3, v128.load(q, 48));
      q += stride;
    }
    v128.store(t, flush<T>(sum0));
    v128.store(t, flush<T>(sum1), 16);
    v128.store(t, flush<T>(sum2), 32);
    v128.store(t, flush<T>(sum3), 48);
  }
  for (; i + 16 <= bytes; i += 16) {
    let sum = v128.load(to + i);
    let q = from + i;
    for (let e = 0; e < n; e++) {
      sum = v128.add<T>(sum, v128.load(q));
      q += stride;
    }
    v128.store(to + i, flush<T>(sum));
  }
  for (; i < bytes; i += sizeof<T>()) {
    let sum = load<T>(to + i);
    let q = from + i;
    for (let e = 0; e < n; e++) {
      sum += load<T>(q);
      q += stride;
    }
    store<T>(to + i, flushed<T>(sum));
  }
}

/** Adds the tile's examples to an accumulator. */
export function sumExamples(at: usize): void {
  if (word(at, 0) == 0) examplesOf<f32>(at);
  else examplesOf<f64>(at);
}

/** to + from, whole blocks of 32 bytes. */
@inline
function addTo<T>(to: usize, from: usize, bytes: usize): void {
  for (const end = to + bytes; to != end; to += 32) {
    const x = v128.add<T>(v128.load(to), v128.load(from)), y = v128.add<T>(v128.load(to, 16), v128.load(from, 16));
    v128.store(to, flush<T>(x));
    v128.store(to, flush<T>(y), 16);
    from += 32;
  }
}

function lanesOf<T>(at: usize): void {
  const base = pointer(at, 1);
  const stride = <usize>word(at, 3);
  const bytes = (<usize>word(at, 4) * sizeof<T>() + 31) & ~31;
  for (let half = 4; half >= 1; half >>= 1) {
    for (let l = 0; l < half; l++) {
      if (l + half >= min(lanes, half << 1)) break;
      addTo<T>(base + <usize>l * stride, base + <usize>(l + half) * stride, bytes);
    }
  }
}

/** Sums the accumulators of all lanes into the first: (0+4)(1+5)(2+6)(3+7), (0+2)(1+3), (0+1). */
export function sumLanes(at: usize): void {
  if (word(at, 0) == 0) lanesOf<f32>(at);
  else lanesOf<f64>(at);
}
