// Small products taken where their operands lie, in loops over examples and other axes. A loop may step through an index,
// so that rows of a table are read, or added to, in place.

import { pointer, times, word } from './context';
import { dots } from './dots';
import { outer } from './outer';
import { strided } from './strided';

const HEADER = 28; // dtype, kind, whether to add, 3 counts, 3 operands of 5 words, scratch, loops
const LOOP = 9; // count, strides in a, b and the result, which of them is indexed (1, 2, 3), the index

function loops<T>(at: usize, depth: i32, a: usize, b: usize, c: usize): void {
  if (depth < word(at, HEADER - 1)) {
    const q = at + ((HEADER + depth * LOOP) << 2);
    const count = times(q, 0);
    const sa = <usize>word(q, 2), sb = <usize>word(q, 3), sc = <usize>word(q, 4);
    const indexed = word(q, 5);
    if (indexed == 0) {
      for (let i = 0; i < count; i++) {
        loops<T>(at, depth + 1, a, b, c);
        a += sa;
        b += sb;
        c += sc;
      }
      return;
    }
    const index = pointer(q, 6);
    for (let i = 0; i < count; i++) {
      const named = <usize>load<i32>(index + (<usize>i << 2)), here = <usize>i;
      loops<T>(at, depth + 1, a + (indexed == 1 ? named : here) * sa, b + (indexed == 2 ? named : here) * sb, c + (indexed == 3 ? named : here) * sc);
    }
    return;
  }
  const m = times(at, 3), n = times(at, 5), k = times(at, 7);
  const am = <usize>word(at, 12), ak = <usize>word(at, 13);
  const bk = <usize>word(at, 17), bn = <usize>word(at, 18);
  const cm = <usize>word(at, 22), cn = <usize>word(at, 23);
  const add = word(at, 2) != 0;
  const kind = word(at, 1);
  if (kind == 1) dots<T>(m, n, k, a, am, b, bn, c, cm, cn, add, pointer(at, 24));
  else if (kind == 2) outer<T>(m, n, a, am, b, c, cm, add);
  else strided<T>(m, n, k, a, am, ak, b, bk, bn, c, cm, cn, add);
}

export function direct(at: usize): void {
  const a = pointer(at, 9), b = pointer(at, 14), c = pointer(at, 19);
  if (word(at, 0) == 0) loops<f32>(at, 0, a, b, c);
  else loops<f64>(at, 0, a, b, c);
}
