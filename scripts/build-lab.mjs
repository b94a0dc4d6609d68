// The lab → dist/lab: a page of static files that any web host serves. Part of `npm run build`.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { root } from './run.mjs';

/** What a first visit downloads at most, all files compressed by gzip. */
const MOST_BYTES = 400_000;

const folder = join(root, 'dist', 'lab');
const record = join(root, '.cache', 'lab.sha256');

/** Builds dist/lab when a source of it changed, or when it is not what the last build made. Kernels must be built. */
export async function buildLab() {
  const isSource = (/** @type {string} */ path) => !/\.test\.tsx?$/.test(path);
  const inputs = [
    ...['web', 'src', 'configs'].flatMap((name) => filesBelow(join(root, name), isSource)),
    ...filesBelow(join(root, 'docs'), (path) => path.endsWith('.md')),
    ...['package-lock.json', 'tsconfig.json', 'scripts/lab-documents.mjs'].map((name) => join(root, name)),
  ];
  const print = fingerprint(root, inputs, [createRequire(import.meta.url)('vite/package.json').version]);
  if (existsSync(record) && readFileSync(record, 'utf8') === `${print} ${folderPrint()}\n`) {
    console.log('The lab is up to date.');
    return;
  }
  await build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn' });
  const bytes = downloadBytes();
  if (bytes > MOST_BYTES) {
    throw new Error(`the lab is a download of ${bytes} bytes, above ${MOST_BYTES}: make it smaller`);
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(record, `${print} ${folderPrint()}\n`);
  console.log(`Built the lab: ${Math.round(bytes / 1000)} KB compressed.`);
}

function builtFiles() {
  return filesBelow(folder, () => true);
}

function folderPrint() {
  return fingerprint(folder, builtFiles());
}

/** Of every file but the second set of kernels: a browser loads one of the two. */
function downloadBytes() {
  const loaded = builtFiles().filter((path) => !/kernels\.emulated/.test(relative(folder, path)));
  return loaded.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}
