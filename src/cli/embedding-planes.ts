/** The planes of a run's embedding at its checkpoints, for pictures: the network is built and given those weights. */

import { parseExperiment } from '../config/index.ts';
import type { EmbeddingPlanes } from '../figures/embedding-planes.ts';
import { strongestEmbeddingPlanes } from '../measures/embedding-measure.ts';
import type { FourierPlane } from '../measures/fourier-plane.ts';
import { type RunReader, trainerState } from '../runs/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from '../training/trainer.ts';

const MOST_PLANES = 5;

/**
 * @param snapshots of every checkpoint, or of the last
 * @returns none for a run without a checkpoint, and for tokens that have no frequencies
 */
export async function planesOf(
  run: RunReader,
  snapshots: 'all' | 'last',
): Promise<Pick<EmbeddingPlanes, 'step' | 'planes'>[]> {
  const { checkpoint: last } = run.latestCheckpoint();
  if (last === undefined) return [];
  const steps = snapshots === 'last' ? [] : run.checkpoints().map(({ step }) => step);
  const { experiment } = parseExperiment(run.configText(), { file: 'config.yaml' });
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  try {
    const before = steps.filter((step) => step < last.step).map((step) => run.checkpoint(step));
    return [...before, last].flatMap((checkpoint) => {
      trainer.restore(trainerState(checkpoint));
      const planes = strongestEmbeddingPlanes(trainer.probe, MOST_PLANES).map(drawnPlane);
      return planes.length === 0 ? [] : [{ step: checkpoint.step, planes }];
    });
  } finally {
    await trainer.machine.close();
  }
}

/** A measured plane as figures take it. */
export function drawnPlane({
  frequency,
  share,
  points,
  axisRatio,
  axisCosine,
}: FourierPlane): EmbeddingPlanes['planes'][number] {
  const pairs = Array.from(
    { length: points.length / 2 },
    (_, t) => [points[2 * t] as number, points[2 * t + 1] as number] as const,
  );
  return { frequency, share, points: pairs, ratio: axisRatio, cos: axisCosine };
}
