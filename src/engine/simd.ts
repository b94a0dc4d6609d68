/** Whether a host can run the kernels at all: WebAssembly, with 128-bit vectors. */

import { refuse } from './errors.ts';

/** A function of type () → () that makes a vector of zeros and drops it. */
function usesSimd(): Uint8Array<ArrayBuffer> {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = [1, 4, 1, 0x60, 0, 0];
  const functions = [3, 2, 1, 0];
  const body = [0, 0xfd, 0x0c, ...new Array<number>(16).fill(0), 0x1a, 0x0b];
  return Uint8Array.from([...header, ...types, ...functions, 10, body.length + 2, 1, body.length, ...body]);
}

/** @throws EngineError where the host has no WebAssembly, or none with SIMD */
export function needSimd(): void {
  const advice = 'use Node 20.19 or newer, or a current browser, on a processor of the last ten years';
  if (typeof WebAssembly === 'undefined') {
    refuse(
      'kernels',
      `this host has no WebAssembly (it was switched off, for example by --jitless); ${advice}`,
    );
  }
  if (!WebAssembly.validate(usesSimd())) {
    refuse('kernels', `this host has WebAssembly without SIMD, which all kernels need; ${advice}`);
  }
}
