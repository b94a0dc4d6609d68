/** What a reader is told where the browser can compute only slowly. */

export const EMULATED =
  'This browser has no fused multiply-add in WebAssembly, so it is emulated: the bits are the same, and computing is many ' +
  'times slower.';
