// `npm run smoke`: in seconds, whether the built command works from end to end: a tiny network is trained with every measure,
// evaluated, measured again from its checkpoints, and drawn.

import './require-node.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root, runNode } from './run.mjs';

const config = `seed: 1
dataset: {N: 11, train_fraction: 0.7}
model: {type: embedding_mlp, embed_dim: 16, hidden_dim: 32}
train: {total_steps: 60, eval_every_steps: 20, checkpoint_every_steps: 20, lr: 0.01}
spectral: {compute: true}
measures: [circuits, efficiency, sparsity]
`;

/** @param {string[]} words */
function grokscope(...words) {
  return execFileSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...words], {
    encoding: 'utf8',
  });
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

function smoke() {
  const folder = mkdtempSync(join(tmpdir(), 'grokscope-smoke-'));
  try {
    const [file, run] = [join(folder, 'smoke.yaml'), join(folder, 'run')];
    writeFileSync(file, config);
    grokscope('train', '--config', file, '--run', run);
    check(
      JSON.parse(grokscope('evaluate', '--run-dir', run)).last.step === 60,
      'evaluate: the run did not reach step 60',
    );
    const logged = readFileSync(join(run, 'metrics.csv'), 'utf8').split('\n');
    const measured = grokscope('measure', run, '--steps', 'last').trim().split('\n').pop() ?? '';
    const numbers = measured.slice(measured.indexOf(','));
    check(
      logged.some((line) => line.endsWith(numbers)),
      'measure: not what training logged at the last step',
    );
    grokscope('visualize', '--run', run, '--report');
    check(
      readFileSync(join(run, 'report.html'), 'utf8').includes('<svg'),
      'visualize: the report has no figure',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const start = performance.now();
process.exitCode = (await install()) || (await runNode('scripts/build.mjs', []));
if (process.exitCode === 0) {
  smoke();
  console.log(
    `smoke: trained, evaluated, measured and drawn, ${((performance.now() - start) / 1000).toFixed(1)} s in all`,
  );
}
