/** An experiment that trains in milliseconds, with everything in it that makes resuming hard. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const text = `# dropout, several batches an epoch, the last one short
seed: 5
dataset: {N: 7, split: hash, train_fraction: 0.6}
loader: {batch_size: 8}
model:
  type: mlp
  hidden_dim: 16
  layers: 2
  dropout: 0.25
train: {total_steps: 23, eval_every_steps: 3, checkpoint_every_steps: 5, log_interval_steps: 4, lr: 0.01}
`;

/** Writes tiny.yaml into a folder and returns its path. */
export function tinyConfig(folder: string): string {
  const path = join(folder, 'tiny.yaml');
  writeFileSync(path, text);
  return path;
}
