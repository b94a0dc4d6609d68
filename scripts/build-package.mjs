// TypeScript → dist: JavaScript and declarations of everything in src but its tests, the kernels beside the engine.

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { kernelFile, modes } from './build-kernels.mjs';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { root, runNode } from './run.mjs';

const dist = join(root, 'dist');
const record = join(root, '.cache', 'dist.sha256');

/**
 * Builds dist when a source, a setting, a kernel or the compiler changed, or when dist is not what the last build made.
 * @returns {Promise<number>} 0, or the exit code of what failed, whose message is printed
 */
export async function buildPackage() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const inputs = [
    ...filesBelow(join(root, 'src'), (path) => !path.endsWith('.test.ts')),
    ...['tsconfig.json', 'tsconfig.build.json', 'package.json'].map((name) => join(root, name)),
  ];
  const compiler = createRequire(import.meta.url)('typescript/package.json').version;
  const print = fingerprint(root, inputs, [compiler]);
  if (isRecorded(print)) {
    console.log('dist is up to date.');
    return 0;
  }
  // Compiled aside and exchanged at the end: a failed build leaves the last good dist in place.
  const aside = join(root, '.cache', `dist.${process.pid}`);
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  try {
    const code = await runNode(tsc, ['-p', 'tsconfig.build.json', '--outDir', aside]);
    if (code !== 0) {
      console.error('Build failed: the type errors stand above.');
      return code;
    }
    mkdirSync(join(aside, 'engine', 'wasm'), { recursive: true });
    for (const mode of Object.keys(modes)) {
      copyFileSync(kernelFile(root, mode), join(aside, 'engine', 'wasm', `kernels.${mode}.wasm`));
    }
    rmSync(dist, { recursive: true, force: true });
    renameSync(aside, dist);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  for (const path of Object.values(manifest.bin).map((name) => join(root, name))) {
    if (!existsSync(path)) {
      console.error(`Build failed: package.json names the command ${path}, which no source compiles to.`);
      return 1;
    }
    chmodSync(path, 0o755);
  }
  writeFileSync(record, `${print} ${distFingerprint()}\n`);
  console.log('Built dist.');
  return 0;
}

/** Without the lab, which is built into dist afterwards and has a record of its own. */
function distFingerprint() {
  const lab = join(dist, 'lab', sep);
  return fingerprint(
    dist,
    filesBelow(dist, (path) => !path.startsWith(lab)),
  );
}

/**
 * True when the last build had these inputs and dist is still what it made.
 * @param {string} print
 */
function isRecorded(print) {
  return existsSync(record) && readFileSync(record, 'utf8') === `${print} ${distFingerprint()}\n`;
}
