/**
 * Memory that threads share. The kernels use no atomic instructions, so one build serves both kinds of memory: only the
 * limits in its import differ, and those are rewritten when it is loaded (the alternative is two more files of 70 KB).
 */

import { bug } from '../errors.ts';

/** Pages of 64 KB that 32-bit addresses reach. */
const MOST_PAGES = 65536;

/**
 * A shared memory must name its maximum, and some hosts set as much address space aside: ask for less when refused.
 * @returns undefined where even 64 MB are refused
 */
export function openSharedMemory(initial: number): WebAssembly.Memory | undefined {
  for (let maximum = MOST_PAGES; maximum >= 1024; maximum /= 4) {
    try {
      return new WebAssembly.Memory({ initial, maximum, shared: true });
    } catch (error) {
      if (!(error instanceof RangeError)) return undefined;
    }
  }
  return undefined;
}

const IMPORTS = 2;
const MEMORY = 2;
const UNSHARED_WITHOUT_MAXIMUM = 0;
const SHARED = 3;

/**
 * The same module, importing a shared memory.
 * @param module its one import is a memory without a maximum
 */
export function importingSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 8; // after the magic number and the version
  for (;;) {
    if (at >= module.length) return bug('the kernels import no memory');
    const size = readNumber(module, at + 1);
    if (module[at] === IMPORTS) {
      const body = module.subarray(size.end, size.end + size.value);
      const limits = limitsOf(body);
      const minimum = readNumber(body, limits + 1);
      const changed = [
        ...body.subarray(0, limits),
        SHARED,
        ...writeNumber(minimum.value),
        ...writeNumber(MOST_PAGES),
        ...body.subarray(minimum.end),
      ];
      return Uint8Array.from([
        ...module.subarray(0, at),
        IMPORTS,
        ...writeNumber(changed.length),
        ...changed,
        ...module.subarray(size.end + size.value),
      ]);
    }
    at = size.end + size.value;
  }
}

/** Where the limits of the memory begin in an import section: a count, two names, the kind. */
function limitsOf(body: Uint8Array): number {
  const count = readNumber(body, 0);
  const module = readNumber(body, count.end);
  const name = readNumber(body, module.end + module.value);
  const kind = name.end + name.value;
  if (count.value !== 1 || body[kind] !== MEMORY || body[kind + 1] !== UNSHARED_WITHOUT_MAXIMUM) {
    bug('the kernels import something else than one memory without a maximum');
  }
  return kind + 1;
}

/** Unsigned LEB128: seven bits a byte, the lowest first. */
function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let at = start;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++] ?? bug('a number in the kernels is cut off');
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at };
  }
}

function writeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...writeNumber(Math.floor(value / 128))];
}
