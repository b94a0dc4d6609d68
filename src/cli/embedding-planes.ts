/** The planes of a run's embedding at its last checkpoint, for pictures: the network is built and given those weights. */

import { parseExperiment } from '../config/index.ts';
import type { EmbeddingPlanes } from '../figures/embedding-planes.ts';
import { strongestEmbeddingPlanes } from '../measures/embedding-measure.ts';
import { type RunReader, trainerState } from '../runs/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';

const MOST_PLANES = 5;

/** @returns undefined for a run without a checkpoint, and for tokens that have no frequencies */
export async function planesOf(
  run: RunReader,
): Promise<Pick<EmbeddingPlanes, 'step' | 'planes'> | undefined> {
  const { checkpoint } = run.latestCheckpoint();
  if (checkpoint === undefined) return undefined;
  const { experiment } = parseExperiment(run.configText(), { file: 'config.yaml' });
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  try {
    trainer.restore(trainerState(checkpoint));
    const planes = strongestEmbeddingPlanes(trainer.probe, MOST_PLANES).map((plane) => ({
      frequency: plane.frequency,
      share: plane.share,
      points: Array.from(
        { length: plane.points.length / 2 },
        (_, t) => [plane.points[2 * t] as number, plane.points[2 * t + 1] as number] as const,
      ),
      ratio: plane.axisRatio,
      cos: plane.axisCosine,
    }));
    return planes.length === 0 ? undefined : { step: checkpoint.step, planes };
  } finally {
    await trainer.machine.close();
  }
}
