/**
 * Loads the compiled kernels and decides which of the two builds runs: the one with fused multiply-add instructions, or
 * the one that emulates them exactly where the host has none. A known-answer probe decides; the bits are the same.
 */

import { EngineError } from './errors.ts';

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
}

export interface Kernels {
  readonly mode: KernelMode;
  readonly memory: WebAssembly.Memory;
  readonly run: KernelExports;
}

/** 2⁻¹² and 2⁻²⁷: the squares of 1 + x need one bit more than a product rounded on its own keeps. */
const PROBE = [2 ** -12, 2 ** -27] as const;

const compiled = new Map<KernelMode, Promise<WebAssembly.Module | undefined>>();

async function readBytes(mode: KernelMode): Promise<BufferSource> {
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
  return response.arrayBuffer();
}

/** Node 20 has relaxed SIMD behind a flag that can still be set while it runs; it changes nothing else. */
async function allowRelaxedSimd(): Promise<void> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) return;
  if (Number.parseInt(process.versions.node, 10) >= 21) return;
  const v8 = await import(/* @vite-ignore */ 'node:v8');
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
}

async function compile(mode: KernelMode): Promise<WebAssembly.Module | undefined> {
  if (mode === 'fused') await allowRelaxedSimd();
  const bytes = await readBytes(mode);
  if (mode === 'fused' && !WebAssembly.validate(bytes)) return undefined;
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new EngineError(
      `kernels: this host cannot compile WebAssembly with SIMD (${String(error)}); use Node ≥ 20.19 or a current browser`,
    );
  }
}

function moduleOf(mode: KernelMode): Promise<WebAssembly.Module | undefined> {
  const known = compiled.get(mode) ?? compile(mode);
  compiled.set(mode, known);
  return known;
}

/** True when multiply-adds of this instance round once. */
export function isFused(run: KernelExports): boolean {
  return run.probe(...PROBE) === 1;
}

async function instantiate(mode: KernelMode): Promise<Kernels | undefined> {
  const module = await moduleOf(mode);
  if (module === undefined) return undefined;
  const memory = new WebAssembly.Memory({ initial: 16 });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const run = instance.exports as unknown as KernelExports;
  return isFused(run) ? { mode, memory, run } : undefined;
}

/**
 * Opens the kernels on a fresh memory.
 * @param wanted 'auto' takes the fused build where the host really fuses, else the (slow, bit-equal) emulation
 */
export async function openKernels(wanted: 'auto' | KernelMode = 'auto'): Promise<Kernels> {
  const fused = wanted === 'emulated' ? undefined : await instantiate('fused');
  if (fused !== undefined) return fused;
  if (wanted === 'fused') {
    throw new EngineError(
      'kernels: this host has no fused multiply-add in WebAssembly; use kernels "auto" or "emulated"',
    );
  }
  const emulated = await instantiate('emulated');
  if (emulated === undefined)
    throw new EngineError(
      'internal: the emulated multiply-add failed its known-answer test; please report it',
    );
  return emulated;
}
