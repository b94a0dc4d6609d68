// The Cholesky factorisation A + ρI = UᵀU, left-looking by blocks of rows of U. With c = −(A + ρI) in place of A all sums are
// fused multiply-adds: c_ji ← fma(u_kj, u_ki, c_ji) for k = 0 … j − 1 ascending, then u_jj = √−c_jj and u_ji = −c_ji / u_jj.
// The order of each sum is the same however rows are blocked and columns are shared out.

import { flush } from './bits';
import { pointer, word } from './context';
import { madd } from './madd';
import { GROUP } from './panels-wide';
import { multiply } from './tiles';
import { groupsOf, groupWidth, lowerAt, turnBlock, upperAt } from './triangles';

/** Elements of a factor's last row: 1 + the first pivot that failed, or 0; what it was; the diagonal it came from; the smallest pivot over its diagonal. */
const FAILED: usize = 0, PIVOT: usize = 1, DIAGONAL: usize = 2, SMALLEST: usize = 3;

/** Distance of 1 to the next number. */
@inline
function epsilon<T>(): T {
  return sizeof<T>() == 4 ? <T>1.1920928955078125e-7 : <T>2.220446049250313e-16;
}

@inline
function negate<T>(from: usize, to: usize, bytes: usize): void {
  for (const end = from + bytes; from != end; from += 32) {
    const x = v128.neg<T>(v128.load(from)), y = v128.neg<T>(v128.load(from, 16));
    v128.store(to, x);
    v128.store(to, y, 16);
    to += 32;
  }
}

/** c[row] += Σ over the rows before it of u[q, row]·c[q], ascending, where `u` is the column of the diagonal block. */
@inline
function eliminate<T>(c: usize, row: i32, u: usize): void {
  const to = c + (<usize>row << 6);
  let r0 = v128.load(to), r1 = v128.load(to, 16), r2 = v128.load(to, 32), r3 = v128.load(to, 48);
  for (; c != to; c += GROUP) {
    const x = v128.load_splat<T>(u);
    r0 = madd<T>(x, v128.load(c), r0);
    r1 = madd<T>(x, v128.load(c, 16), r1);
    r2 = madd<T>(x, v128.load(c, 32), r2);
    r3 = madd<T>(x, v128.load(c, 48), r3);
    u += GROUP;
  }
  v128.store(to, r0);
  v128.store(to, r1, 16);
  v128.store(to, r2, 32);
  v128.store(to, r3, 48);
}

/** row ← −row / divisor. */
@inline
function divide<T>(to: usize, divisor: T): void {
  const d = v128.neg<T>(v128.splat<T>(divisor));
  v128.store(to, flush<T>(v128.div<T>(v128.load(to), d)));
  v128.store(to, flush<T>(v128.div<T>(v128.load(to, 16), d)), 16);
  v128.store(to, flush<T>(v128.div<T>(v128.load(to, 32), d)), 32);
  v128.store(to, flush<T>(v128.div<T>(v128.load(to, 48), d)), 48);
}

/** A block right of the diagonal: solved row by row. */
@inline
function solveBlock<T>(diagonal: usize, c: usize): void {
  const width = groupWidth<T>();
  for (let j = 0; j < width; j++) {
    const u = diagonal + <usize>j * sizeof<T>();
    eliminate<T>(c, j, u);
    divide<T>(c + (<usize>j << 6), load<T>(u + (<usize>j << 6)));
  }
}

/**
 * A block on the diagonal. A pivot fails that is not greater than n·ε times what stood on the diagonal: what is left of it
 * then is rounding. It becomes NaN, and all that depends on it.
 */
function factorBlock<T>(c: usize, given: usize, ridge: T, start: i32, n: i32, state: usize): void {
  const width = groupWidth<T>();
  for (let j = 0; j < width; j++) {
    const column = c + <usize>j * sizeof<T>();
    const row = c + (<usize>j << 6);
    eliminate<T>(c, j, column);
    const place = row + <usize>j * sizeof<T>();
    const d = -load<T>(place);
    let root: T = sqrt<T>(d);
    if (start + j < n) {
      const diagonal = load<T>(given + (<usize>j << 6) + <usize>j * sizeof<T>()) + ridge;
      const fails = !(d > <T>n * epsilon<T>() * diagonal);
      if (load<T>(state + FAILED * sizeof<T>()) == <T>0) {
        if (fails) {
          store<T>(state + FAILED * sizeof<T>(), <T>(start + j + 1));
          store<T>(state + PIVOT * sizeof<T>(), d);
          store<T>(state + DIAGONAL * sizeof<T>(), diagonal);
        }
        store<T>(state + SMALLEST * sizeof<T>(), min<T>(load<T>(state + SMALLEST * sizeof<T>()), d / diagonal));
      }
      if (fails) root = <T>NaN;
    }
    divide<T>(row, root);
    store<T>(place, root);
    for (let i = 0; i < j; i++) store<T>(row + <usize>i * sizeof<T>(), <T>0);
  }
}

/** The diagonal of −(A + ρI), and −1 beyond the matrix. */
@inline
function addRidge<T>(c: usize, given: usize, ridge: T, start: i32, n: i32): void {
  const width = groupWidth<T>();
  for (let j = 0; j < width; j++) {
    const place = (<usize>j << 6) + <usize>j * sizeof<T>();
    store<T>(c + place, start + j < n ? -(load<T>(given + place) + ridge) : <T>-1);
  }
}

/** Rows of blocks from … to − 1 of the groups of columns first … first + count − 1. */
function factorGroups<T>(source: usize, ridge: T, target: usize, n: i32, from: i32, to: i32, first: i32, count: i32): void {
  const width = groupWidth<T>(), groups = groupsOf<T>(n);
  const transpose = target + upperAt<T>(groups);
  const state = transpose + upperAt<T>(groups);
  const blockBytes = <usize>width * GROUP;
  if (first == 0) {
    memory.fill(state, 0, GROUP);
    store<T>(state + SMALLEST * sizeof<T>(), <T>1);
  }
  for (let g = first; g < first + count; g++) {
    const column = target + upperAt<T>(g), given = source + upperAt<T>(g);
    const end = min(to, g + 1);
    for (let r = from; r < end; r++) {
      const c = column + <usize>r * blockBytes, mine = given + <usize>r * blockBytes;
      const rows = target + upperAt<T>(r);
      negate<T>(mine, c, blockBytes);
      if (r == g) addRidge<T>(c, mine, ridge, r * width, n);
      if (r != 0) multiply<T>(width, width, r * width, rows, sizeof<T>(), GROUP, sizeof<T>() << 2, column, GROUP, c, GROUP, true, true);
      if (r == g) factorBlock<T>(c, mine, ridge, r * width, n, state);
      else solveBlock<T>(rows + <usize>r * blockBytes, c);
      turnBlock<T>(c, transpose + lowerAt<T>(r, groups) + <usize>(g - r) * blockBytes);
    }
  }
}

/** dtype, triangle of A, ridge, factor, n, first and last row of blocks + 1, first group of columns, count. */
export function factor(at: usize): void {
  const source = pointer(at, 1), ridge = pointer(at, 4), target = pointer(at, 7);
  const n = word(at, 10), from = word(at, 11), to = word(at, 12), first = word(at, 13), count = word(at, 14);
  if (word(at, 0) == 0) factorGroups<f32>(source, load<f32>(ridge), target, n, from, to, first, count);
  else factorGroups<f64>(source, load<f64>(ridge), target, n, from, to, first, count);
}
