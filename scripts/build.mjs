// `npm run build`: kernels → src/engine/wasm, TypeScript → dist, the lab → dist/lab. Skips what is up to date.
// `--lab` (`npm run build:lab`) makes only what the lab is made of.

import './require-node.mjs';
import { buildKernels } from './build-kernels.mjs';
import { buildLab } from './build-lab.mjs';
import { buildPackage } from './build-package.mjs';
import { staleness } from './install.mjs';
import { root } from './run.mjs';

try {
  const reason = staleness(root);
  if (reason !== undefined) throw new Error(`${reason}: run npm ci first.`);
  const built = await buildKernels();
  console.log(built.length === 0 ? 'Kernels are up to date.' : `Built the kernels: ${built.join(', ')}.`);
  process.exitCode = process.argv.includes('--lab') ? 0 : await buildPackage();
  if (process.exitCode === 0) await buildLab();
} catch (error) {
  console.error(`Build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
