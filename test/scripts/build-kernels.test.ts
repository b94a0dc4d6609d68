import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildKernels, kernelFile } from '../../scripts/build-kernels.mjs';

const madd = `export function madd(at: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) v128.store(at, f32x4.relaxed_madd(v128.load(at), v128.load(at), v128.load(at)));
  else v128.store(at, f32x4.add(f32x4.mul(v128.load(at), v128.load(at)), v128.load(at)));
}`;

const patience = 240_000; // the compiler takes its time on a busy machine
let folder: string;

function writeEntry(source: string): void {
  writeFileSync(join(folder, 'kernels', 'index.ts'), source);
}

// One folder for all, built once: the tests tell its story in order.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-kernels-'));
  mkdirSync(join(folder, 'kernels'));
  writeEntry(madd);
  expect(await buildKernels(folder)).toEqual(['fused', 'emulated']);
}, patience);

afterAll(() => rmSync(folder, { recursive: true }));

test('both modes come from one source and differ', () => {
  const [fused, emulated] = ['fused', 'emulated'].map((mode) => readFileSync(kernelFile(folder, mode)));
  expect(fused.equals(emulated)).toBe(false);
  const module = new WebAssembly.Module(emulated);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toContain('madd');
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

test('what is built is not built again, until it is damaged', { timeout: patience }, async () => {
  const emulated = readFileSync(kernelFile(folder, 'emulated'));
  expect(await buildKernels(folder)).toEqual([]);
  writeFileSync(kernelFile(folder, 'emulated'), 'damaged');
  expect(await buildKernels(folder)).toEqual(['emulated']);
  expect(readFileSync(kernelFile(folder, 'emulated')).equals(emulated)).toBe(true);
});

test('kernels that do not compile leave no older ones behind, and file and line are named', {
  timeout: patience,
}, async () => {
  writeEntry(`${madd}\nexport function two(): i32 { return missing; }`);
  const failure = buildKernels(folder);
  await expect(failure).rejects.toThrow('kernels do not compile');
  await expect(failure).rejects.toThrow('kernels/index.ts(5');
  expect(existsSync(kernelFile(folder, 'fused'))).toBe(false);
  expect(existsSync(kernelFile(folder, 'emulated'))).toBe(false);
});
