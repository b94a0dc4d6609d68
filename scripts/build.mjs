// `npm run build`: kernels → src/engine/wasm, TypeScript → dist. Skips what is up to date.

import './require-node.mjs';
import { buildKernels } from './build-kernels.mjs';
import { buildPackage } from './build-package.mjs';
import { staleness } from './install.mjs';
import { root } from './run.mjs';

try {
  const reason = staleness(root);
  if (reason !== undefined) throw new Error(`${reason}: run npm ci first.`);
  const built = await buildKernels();
  console.log(built.length === 0 ? 'Kernels are up to date.' : `Built the kernels: ${built.join(', ')}.`);
  process.exitCode = await buildPackage();
} catch (error) {
  console.error(`Build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
