// Softmax of rows of fewer than 8 numbers that lie one after another: the exponentials of all rows are taken in one run of
// whole vectors. Maximum, sum and scale of a row are those of longer rows, bit for bit.

import { flushed, Maximum, reduceRun, Sum } from './lanes';
import { vexp } from './math';

export function shortSoftmax<T>(from: usize, to: usize, rows: i32, n: i32): void {
  const rowBytes = <usize>n * sizeof<T>();
  let x = from, y = to;
  for (let r = 0; r < rows; r++) {
    const top = reduceRun<T, Maximum>(x, n);
    for (let j: usize = 0; j < rowBytes; j += sizeof<T>()) store<T>(y + j, load<T>(x + j) - top);
    x += rowBytes;
    y += rowBytes;
  }
  const end = to + <usize>rows * rowBytes;
  for (y = to; y < end; y += 16) v128.store(y, vexp<T>(v128.load(y)));
  for (y = to; y < end; y += rowBytes) {
    const scale = <T>1 / reduceRun<T, Sum>(y, n);
    for (let j: usize = 0; j < rowBytes; j += sizeof<T>()) store<T>(y + j, flushed<T>(load<T>(y + j) * scale));
  }
}
