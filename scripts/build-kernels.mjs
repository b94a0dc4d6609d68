// AssemblyScript → WebAssembly: kernels/index.ts becomes one file per numeric mode. `fused` uses the relaxed SIMD
// multiply-add; `emulated` computes the same bits without it, for hosts that lack the instruction.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { root } from './run.mjs';

/** The numeric modes and the WebAssembly features each may use. */
export const modes = { fused: 'simd,relaxed-simd', emulated: 'simd' };

// Imported memory, because the engine owns it. The stub runtime: kernels allocate nothing. 112 warns of vectors at the
// border to JavaScript, of which there are none: they pass only between kernels.
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--disableWarning', '112'];

/**
 * Builds the kernels of the modes whose sources, flags or compiler changed since last time, or whose output is not what was
 * built. A failed build leaves no output of its mode behind, so that nothing can run on kernels of another source.
 * @param {string} [folder] the folder that holds kernels/ and src/
 * @returns {Promise<string[]>} the modes built now
 * @throws {Error} with the compiler's message
 */
export async function buildKernels(folder = root) {
  const entry = join(folder, 'kernels', 'index.ts');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: the kernels are built from it`);
  const sources = filesBelow(
    join(folder, 'kernels'),
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  const compiler = createRequire(import.meta.url)('assemblyscript/package.json').version;
  const stale = Object.entries(modes)
    .map(([mode, features]) => {
      const parameters = [...flags, '--enable', features];
      return { mode, parameters, print: fingerprint(folder, sources, [compiler, ...parameters]) };
    })
    .filter(({ mode, print }) => !isBuilt(folder, mode, print));
  const results = await Promise.allSettled(
    stale.map(({ mode, parameters, print }) => compile(folder, mode, parameters, print)),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return stale.map(({ mode }) => mode);
}

/**
 * Where the kernels of a mode are put.
 * @param {string} folder
 * @param {string} mode
 */
export function kernelFile(folder, mode) {
  return join(folder, 'src', 'engine', 'wasm', `kernels.${mode}.wasm`);
}

/**
 * @param {string} folder
 * @param {string} mode
 */
function recordFile(folder, mode) {
  return join(folder, '.cache', `kernels.${mode}.sha256`);
}

/**
 * The record holds the fingerprint of what went in and the hash of what came out.
 * @param {string} folder
 * @param {string} mode
 * @param {string} print
 */
function isBuilt(folder, mode, print) {
  const output = kernelFile(folder, mode);
  const record = recordFile(folder, mode);
  if (!existsSync(output) || !existsSync(record)) return false;
  return readFileSync(record, 'utf8') === `${print} ${contentHash(output)}\n`;
}

/** @param {string} file */
function contentHash(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Compiles aside and renames, so that a process that reads the kernels meanwhile sees a whole file.
 * @param {string} folder
 * @param {string} mode
 * @param {string[]} parameters
 * @param {string} print
 */
async function compile(folder, mode, parameters, print) {
  const output = kernelFile(folder, mode);
  const aside = join(folder, '.cache', `kernels.${mode}.${process.pid}.wasm`);
  const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
  mkdirSync(join(folder, '.cache'), { recursive: true });
  mkdirSync(join(folder, 'src', 'engine', 'wasm'), { recursive: true });
  try {
    const all = [asc, 'kernels/index.ts', '--outFile', aside, ...parameters];
    const { stderr } = await promisify(execFile)(process.execPath, all, { cwd: folder });
    if (stderr.trim() !== '') console.error(stderr.trimEnd());
    renameSync(aside, output);
    writeFileSync(recordFile(folder, mode), `${print} ${contentHash(output)}\n`);
  } catch (error) {
    rmSync(output, { force: true });
    rmSync(aside, { force: true });
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`the ${mode} kernels do not compile:\n${detail.trim()}`);
  }
}
