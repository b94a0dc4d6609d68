/** What a worker says when it cannot go on, or only slowly: one sentence for the reader. */

import { ConfigError } from 'grokscope';

export const EMULATED =
  'This browser has no fused multiply-add in WebAssembly, so it is emulated: the bits are the same, and computing is many ' +
  'times slower.';

export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.issues.map(({ message }) => message).join('; ');
  if (error instanceof RangeError && /memory|allocation|array length|array buffer/i.test(error.message))
    return 'The browser has no memory left for this network; make the model or the task smaller.';
  return error instanceof Error ? error.message : String(error);
}
