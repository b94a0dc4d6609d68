// Softmax and log-softmax of rows: the maximum is subtracted first; sums in 8 lanes and a tree.

import { pointer, times, word } from './context';
import { firstOf, identityOf, Maximum, reduceRun, Sum, tree } from './lanes';
import { flush, vexp, vlog } from './math';
import { shortSoftmax } from './short-softmax';

class Softmax {}
class LogSoftmax {}

/** Stores the first n elements of a vector. */
@inline
function storeFirst<T>(to: usize, x: v128, n: i32): void {
  if (sizeof<T>() == 4) {
    if (n > 3) v128.store(to, x);
    else {
      if (n > 0) v128.store_lane<f32>(to, x, 0);
      if (n > 1) v128.store_lane<f32>(to, x, 1, 4);
      if (n > 2) v128.store_lane<f32>(to, x, 2, 8);
    }
  } else {
    if (n > 1) v128.store(to, x);
    else if (n > 0) v128.store_lane<f64>(to, x, 0);
  }
}

/** What follows the sum of exponentials: the logarithm to subtract, or the scale. */
@inline
function closing<T, Kind>(total: T): v128 {
  if (idof<Kind>() == idof<LogSoftmax>()) return vlog<T>(v128.splat<T>(total));
  return v128.div<T>(v128.splat<T>(<T>1), v128.splat<T>(total));
}

/** The result where x is the operand, e its exponential and `last` what `closing` gave. */
@inline
function closed<T, Kind>(x: v128, e: v128, top: v128, last: v128): v128 {
  if (idof<Kind>() == idof<LogSoftmax>()) return flush<T>(v128.sub<T>(v128.sub<T>(x, top), last));
  return flush<T>(v128.mul<T>(e, last));
}

@inline
function below<T>(x: v128, top: v128): v128 {
  return vexp<T>(v128.sub<T>(x, top));
}

/** A row of at most 8, which nothing may be stored beyond. */
@inline
function shortRow<T, Kind>(from: usize, to: usize, n: i32): void {
  const low = identityOf<T, Maximum>();
  const width = <i32>(16 / sizeof<T>());
  const zero = v128.splat<T>(<T>0);
  const x0 = firstOf<T>(from, n, low);
  if (n <= width) {
    // Lanes without an element hold −∞ and then 0, which change neither maximum nor sum.
    const top = v128.splat<T>(tree<T, Maximum>(x0, low, low, low));
    const e0 = below<T>(x0, top);
    storeFirst<T>(to, closed<T, Kind>(x0, e0, top, closing<T, Kind>(tree<T, Sum>(e0, zero, zero, zero))), n);
    return;
  }
  const x1 = firstOf<T>(from + 16, n - width, low);
  const x2 = sizeof<T>() == 8 ? firstOf<T>(from + 32, n - 2 * width, low) : low;
  const x3 = sizeof<T>() == 8 ? firstOf<T>(from + 48, n - 3 * width, low) : low;
  const top = v128.splat<T>(tree<T, Maximum>(x0, x1, x2, x3));
  const e0 = below<T>(x0, top), e1 = below<T>(x1, top);
  const e2 = sizeof<T>() == 8 ? below<T>(x2, top) : zero;
  const e3 = sizeof<T>() == 8 ? below<T>(x3, top) : zero;
  const last = closing<T, Kind>(tree<T, Sum>(e0, e1, e2, e3));
  storeFirst<T>(to, closed<T, Kind>(x0, e0, top, last), n);
  storeFirst<T>(to + 16, closed<T, Kind>(x1, e1, top, last), n - width);
  if (sizeof<T>() == 8) {
    storeFirst<T>(to + 32, closed<T, Kind>(x2, e2, top, last), n - 2 * width);
    storeFirst<T>(to + 48, closed<T, Kind>(x3, e3, top, last), n - 3 * width);
  }
}

// Loops of their own, so that nothing beside them keeps an engine from joining their vectors.

/** exp(x − top) of whole blocks of 32 bytes. */
function exponentials<T>(from: usize, to: usize, end: usize, greatest: T): void {
  const top = v128.splat<T>(greatest);
  for (; to != end; to += 32) {
    const x = below<T>(v128.load(from), top), y = below<T>(v128.load(from, 16), top);
    v128.store(to, x);
    v128.store(to, y, 16);
    from += 32;
  }
}

/** The results where `to` holds the exponentials. */
function closeRow<T, Kind>(from: usize, to: usize, end: usize, greatest: T, total: T): void {
  const top = v128.splat<T>(greatest), last = closing<T, Kind>(total);
  for (; to != end; to += 32) {
    const x = closed<T, Kind>(v128.load(from), v128.load(to), top, last);
    const y = closed<T, Kind>(v128.load(from, 16), v128.load(to, 16), top, last);
    v128.store(to, x);
    v128.store(to, y, 16);
    from += 32;
  }
}

/** A row of more than 8, padded to whole blocks of 8: exponentials, their sum, and what follows it. */
@inline
function longRow<T, Kind>(from: usize, to: usize, n: i32): void {
  const greatest = reduceRun<T, Maximum>(from, n);
  const end = to + <usize>((n + 7) >> 3) * (sizeof<T>() << 3);
  exponentials<T>(from, to, end, greatest);
  closeRow<T, Kind>(from, to, end, greatest, reduceRun<T, Sum>(to, n));
}

function rowsOf<T, Kind>(at: usize): void {
  let from = pointer(at, 2), to = pointer(at, 5);
  const outer = times(at, 8), n = word(at, 10);
  const rowBytes = <usize>word(at, 11);
  if (n < 8 && idof<Kind>() == idof<Softmax>()) {
    shortSoftmax<T>(from, to, outer, n);
    return;
  }
  for (let r = 0; r < outer; r++) {
    if (n > 8) longRow<T, Kind>(from, to, n);
    else shortRow<T, Kind>(from, to, n);
    from += rowBytes;
    to += rowBytes;
  }
}

export function softmax(at: usize): void {
  const logarithm = word(at, 1) != 0;
  if (word(at, 0) == 0) {
    if (logarithm) rowsOf<f32, LogSoftmax>(at);
    else rowsOf<f32, Softmax>(at);
  } else {
    if (logarithm) rowsOf<f64, LogSoftmax>(at);
    else rowsOf<f64, Softmax>(at);
  }
}
