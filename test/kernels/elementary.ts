/** kernels/testing/elementary.ts compiled for a test, once for each arithmetic, and its functions over arrays. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import asc from 'assemblyscript/asc';
import { filesBelow, fingerprint } from '../../scripts/fingerprint.mjs';

export type Arithmetic = 'fused' | 'emulated';
export type Width = 32 | 64;
type Floats = Float32Array | Float64Array;
type Kernel = (...numbers: number[]) => number;

export interface ElementaryKernels {
  readonly arithmetic: Arithmetic;
  /** One of exp, log, tanh, erf, sin, cos, flush over an array. */
  map(name: string, width: Width, x: ArrayLike<number>): Floats;
  /** a·b + c over arrays. */
  fused(width: Width, a: ArrayLike<number>, b: ArrayLike<number>, c: ArrayLike<number>): Floats;
  fusedScalar(width: Width, a: number, b: number, c: number): number;
  philox(counter: readonly number[], key: readonly number[]): number[];
  uniformOf(bits: number): number;
}

const ENTRY = fileURLToPath(new URL('../../kernels/testing/elementary.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SOURCES = filesBelow(
  join(ROOT, 'kernels'),
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
);

/** Compiles, or takes what was compiled from the same sources and flags before. */
async function compile(arithmetic: Arithmetic): Promise<Uint8Array<ArrayBuffer>> {
  const features = arithmetic === 'fused' ? 'simd,relaxed-simd' : 'simd';
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', features, '--importMemory'];
  const kept = join(ROOT, '.cache', `elementary.${fingerprint(ROOT, SOURCES, flags).slice(0, 16)}.wasm`);
  if (existsSync(kept)) return Uint8Array.from(readFileSync(kept));

  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [ENTRY, '--baseDir', ROOT, ...flags, '--outFile', 'elementary.wasm'],
    {
      writeFile(_name, contents) {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary)
    throw new Error(`kernels/testing/elementary.ts does not compile:\n${stderr.toString()}`);
  // Aside and renamed, for other tests may be looking for it.
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, binary);
  renameSync(`${kept}.${process.pid}`, kept);
  return Uint8Array.from(binary);
}

const BASE = 65_536; // arrays start above whatever the module keeps for itself

export async function openElementaryKernels(arithmetic: Arithmetic): Promise<ElementaryKernels> {
  if (arithmetic === 'fused') v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  const memory = new WebAssembly.Memory({ initial: 2 });
  const binary = await compile(arithmetic);
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory, abort: () => {} } });
  const call = (name: string) => instance.exports[name] as Kernel;

  /** Writes the arrays one after the other, calls the kernel with their places and an output's, and reads that. */
  function overArrays(name: string, width: Width, inputs: readonly ArrayLike<number>[]): Floats {
    const Typed = width === 32 ? Float32Array : Float64Array;
    const count = inputs[0].length;
    const padded = Math.ceil(count / 4) * 4;
    const bytes = (padded * width) / 8;
    const missing = BASE + bytes * (inputs.length + 1) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    const places = [...inputs, []].map((_, index) => BASE + index * bytes);
    inputs.forEach((input, index) => {
      new Typed(memory.buffer, places[index], count).set(input);
    });
    call(name)(...places, padded);
    return new Typed(memory.buffer, places[inputs.length], count).slice();
  }

  return {
    arithmetic,
    map: (name, width, x) => overArrays(`${name}${width}`, width, [x]),
    fused: (width, a, b, c) => overArrays(`fused${width}`, width, [a, b, c]),
    fusedScalar: (width, a, b, c) => call(`fusedScalar${width}`)(a, b, c),
    philox(counter, key) {
      call('philox')(...counter, ...key, BASE);
      return [...new Uint32Array(memory.buffer, BASE, 4)];
    },
    uniformOf: (bits) => call('uniformOf')(bits),
  };
}

/** Both builds, or the emulated one alone where the processor or the engine has no fused multiply-add. */
export async function openAllElementaryKernels(): Promise<ElementaryKernels[]> {
  const emulated = await openElementaryKernels('emulated');
  const fused = await openElementaryKernels('fused').catch((reason: unknown) => {
    if (reason instanceof WebAssembly.CompileError) return undefined;
    throw reason;
  });
  const x = 1 + 2 ** -12; // x² − (1 + 2⁻¹¹) is 2⁻²⁴ with one rounding and 0 with two
  return fused && fused.fusedScalar(32, x, x, -(1 + 2 ** -11)) === 2 ** -24 ? [emulated, fused] : [emulated];
}
