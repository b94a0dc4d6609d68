// Writes the answers of the kernels' self-test: the hashes that this host gives with the exact emulation of fused
// multiply-add. To be run after the numeric version was raised or the self-test changed: node scripts/self-test-answers.mjs

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const { Machine } = await import('../dist/engine/index.js');
const { openSelfTest } = await import('../dist/engine/self-test.js');

const answers = openSelfTest(await Machine.open({ kernels: 'emulated' }))();
const lines = Object.entries(answers).map(([name, hash]) => `  '${name}': ${hash},\n`);
writeFileSync(
  join(root, 'src', 'engine', 'self-test-answers.ts'),
  `/** Hashes of the self-test's values, equal on every host; written by scripts/self-test-answers.mjs. */

export const SELF_TEST_ANSWERS: Readonly<Record<string, number>> = {
${lines.join('')}};
`,
);
console.log(`Wrote ${lines.length} answers.`);
