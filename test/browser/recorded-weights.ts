/** What the command line trained, for comparison with what a page trained. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDataset, digest, parseExperiment, Trainer } from '../../src/index.ts';
import { listCheckpoints, readCheckpoint } from '../../src/runs/checkpoint-folder.ts';
import { trainerState } from '../../src/runs/trainer-state.ts';

/** SHA-256 of the weights that the newest checkpoint of a run holds. */
export async function recordedWeights(folder: string): Promise<string> {
  const { experiment } = parseExperiment(readFileSync(join(folder, 'config.yaml'), 'utf8'));
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  const path = listCheckpoints(join(folder, 'checkpoints')).at(-1)?.path ?? '';
  trainer.restore(trainerState(readCheckpoint(path)));
  return digest(trainer.parameters());
}
