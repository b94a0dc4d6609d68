/**
 * Loads the compiled kernels and decides which of the two builds runs: the one with fused multiply-add instructions, or
 * the one that emulates them exactly where the host has none. A known-answer probe decides; the bits are the same.
 */

import { EngineError } from './errors.ts';
import { marked, revectorizer, withdrawRevectorizer } from './revectorizer.ts';
import { needSimd } from './simd.ts';
import { openInstance } from './threads/instance.js';
import { importingSharedMemory, openSharedMemory } from './threads/shared-memory.ts';

/** The two builds of the kernels, equal bit for bit: with fused multiply-add instructions, or emulating them exactly. */
export type KernelMode = 'fused' | 'emulated';

export interface KernelExports {
  execute(
    start: number,
    end: number,
    worker: number,
    lane: number,
    tile: number,
    rows: number,
    lanes: number,
  ): void;
  heapBase(): number;
  probe(x: number, y: number): number;
  /** Which tiles run: 0 narrow, 1 wide; all instances on one memory must agree. */
  useTiles(wide: number): void;
  /** What the processor can do at most (kernels/limits.ts). */
  multiplyAdds12(at: number, rounds: number): void;
  multiplyAdds16(at: number, rounds: number): void;
  addBlocks(from: number, to: number, bytes: number): void;
  copyBlocks(from: number, to: number, bytes: number): void;
}

export interface Kernels {
  readonly mode: KernelMode;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly run: KernelExports;
}

/** 2⁻¹² and 2⁻²⁷: the squares of 1 + x need one bit more than a product rounded on its own keeps. */
const PROBE = [2 ** -12, 2 ** -27] as const;

const compiled = new Map<string, Promise<WebAssembly.Module | undefined>>();

async function readBytes(mode: KernelMode): Promise<Uint8Array<ArrayBuffer>> {
  const url =
    mode === 'fused'
      ? new URL('./wasm/kernels.fused.wasm', import.meta.url)
      : new URL('./wasm/kernels.emulated.wasm', import.meta.url);
  if (url.protocol === 'file:') {
    const { readFile } = await import(/* @vite-ignore */ 'node:fs/promises');
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new EngineError(
      `kernels: ${url.href} could not be loaded (HTTP ${response.status}); serve the .wasm files beside the scripts`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Node 20 has relaxed SIMD behind a flag that can still be set while it runs; it changes nothing else. */
async function allowRelaxedSimd(): Promise<void> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) return;
  if (Number.parseInt(process.versions.node, 10) >= 21) return;
  const v8 = await import(/* @vite-ignore */ 'node:v8');
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

async function compile(mode: KernelMode, shared: boolean): Promise<WebAssembly.Module | undefined> {
  if (mode === 'fused') await allowRelaxedSimd();
  const read = await readBytes(mode);
  const bytes = marked(shared ? importingSharedMemory(read) : read);
  if (mode === 'fused' && !WebAssembly.validate(bytes)) return undefined;
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new EngineError(
      `kernels: this host cannot compile WebAssembly with SIMD (${String(error)}); use Node ≥ 20.19 or a current browser`,
    );
  }
}

function moduleOf(mode: KernelMode, shared: boolean): Promise<WebAssembly.Module | undefined> {
  // V8's compiler must not even try: in Node 26 it ends the process over the emulation.
  if (mode === 'emulated' && revectorizer().state === 'on') {
    withdrawRevectorizer('this process runs the emulated multiply-add, which V8 cannot revectorise');
  }
  const key = `${mode} ${shared} ${revectorizer().state}`;
  const known = compiled.get(key) ?? compile(mode, shared);
  compiled.set(key, known);
  return known;
}

/** True when multiply-adds of this instance round once. */
export function isFused(run: KernelExports): boolean {
  return run.probe(...PROBE) === 1;
}

const FIRST_PAGES = 16;

async function instantiate(
  mode: KernelMode,
  shared: WebAssembly.Memory | undefined,
): Promise<Kernels | undefined> {
  const module = await moduleOf(mode, shared !== undefined);
  if (module === undefined) return undefined;
  const memory = shared ?? new WebAssembly.Memory({ initial: FIRST_PAGES });
  const run = (await openInstance(module, memory)) as unknown as KernelExports;
  return isFused(run) ? { mode, module, memory, run } : undefined;
}

/**
 * Opens the kernels on a fresh memory.
 * @param wanted 'auto' takes the fused build where the host really fuses, else the (slow, bit-equal) emulation
 * @param shared asks for memory that workers can share; where the host refuses it, the memory is this thread's alone
 */
export async function openKernels(wanted: 'auto' | KernelMode = 'auto', shared = false): Promise<Kernels> {
  needSimd();
  const memory = shared ? openSharedMemory(FIRST_PAGES) : undefined;
  const fused = wanted === 'emulated' ? undefined : await instantiate('fused', memory);
  if (fused !== undefined) return fused;
  if (wanted === 'fused') {
    throw new EngineError(
      'kernels: this host has no fused multiply-add in WebAssembly; use kernels "auto" or "emulated"',
    );
  }
  const emulated = await instantiate('emulated', memory);
  if (emulated === undefined)
    throw new EngineError(
      'internal: the emulated multiply-add failed its known-answer test; please report it',
    );
  return emulated;
}
