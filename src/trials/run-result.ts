/** One finished run, read from its folder: its endpoints, and a small picture of it. */

import { meaningOf } from '../config/index.ts';
import {
  configDifferences,
  type FileSystem,
  milestoneOptions,
  nodeFileSystem,
  type RecordedSummary,
  RunError,
  type RunMeta,
  RunReader,
  standingOf,
} from '../runs/index.ts';
import { accuracyCurvesOf, type MetricsRow } from '../training/summary.ts';
import { endpointValues } from './endpoints.ts';
import type { PlannedRun } from './planned-runs.ts';
import type { RunResult } from './results.ts';
import type { Endpoint } from './trial.ts';

const MOST_POINTS = 40;

/**
 * The result of a run that is finished or diverged; undefined while it is neither, or was not begun.
 * @throws RunError where its folder holds something else, or a file of it is damaged
 */
export function readRunResult(
  run: PlannedRun,
  endpoints: Readonly<Record<string, Endpoint>>,
  disk: FileSystem = nodeFileSystem,
): RunResult | undefined {
  const standing = standingOf(run.path, disk);
  if (standing.kind === 'absent') return undefined;
  if (standing.kind === 'not-a-run')
    throw new RunError(
      'not-a-run',
      `${run.path} is not the folder of a run (it holds ${standing.holds})`,
      REMEDY,
    );
  if (standing.meta.run_id !== run.runId)
    throw new RunError(
      'other-run',
      `${run.path} holds a run of other settings${differenceText(standing.meta, run)}`,
      REMEDY,
    );
  const reader = new RunReader(run.path, disk);
  const summary = reader.summary() as RecordedSummary | undefined;
  if (summary === undefined) return undefined;
  if (!reader.done && summary.status !== 'diverged') return undefined;
  const { rows } = reader.metrics(['loss', 'accuracy']);
  const { train, milestones } = run.experiment;
  const diverged = summary.diverged?.step ?? null;
  return {
    arm: run.arm,
    seed: run.seed,
    run_id: run.runId,
    folder: run.folder,
    budget: train.total_steps,
    last_step: summary.last_step ?? 0,
    diverged_at: diverged,
    endpoints: endpointValues(endpoints, {
      rows,
      milestones: milestoneOptions(milestones),
      budget: train.total_steps,
      diverged: diverged !== null,
    }),
    curve: smallCurve(rows),
  };
}

const REMEDY = 'remove that folder, or name another one for all runs with --runs';

function differenceText({ config, numeric_version }: RunMeta, run: PlannedRun): string {
  const [first] = configDifferences(config, meaningOf(run.experiment));
  if (first === undefined) return ` (made by numeric version ${numeric_version})`;
  return `: ${first.key} is ${first.there ?? 'absent'} there and ${first.here ?? 'absent'} here`;
}

type Point = RunResult['curve'][number];

/** Train and held-out accuracy at no more than 40 evaluations: as many where the curves move as where they only go on. */
export function smallCurve(rows: readonly MetricsRow[], most = MOST_POINTS): Point[] {
  const { train, val, test } = accuracyCurvesOf(rows);
  const heldOut = new Map((test?.length ? test : val).map(({ step, accuracy }) => [step, rounded(accuracy)]));
  const ofTrain = new Map(train.map(({ step, accuracy }) => [step, rounded(accuracy)]));
  const steps = [...new Set([...ofTrain.keys(), ...heldOut.keys()])].sort((a, b) => a - b);
  const points = steps.map((step): Point => [step, ofTrain.get(step) ?? null, heldOut.get(step) ?? null]);
  if (points.length <= most) return points;
  const width = Math.max(1, steps[steps.length - 1] - steps[0]);
  // Length of the way along both curves, in widths and heights of the picture.
  const way = [0];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const rise = Math.abs((b[1] ?? 0) - (a[1] ?? 0)) + Math.abs((b[2] ?? 0) - (a[2] ?? 0));
    way.push(way[i - 1] + (b[0] - a[0]) / width + rise);
  }
  const kept = new Set<number>();
  for (let k = 0; k < most; k++) {
    const wanted = (way[way.length - 1] * k) / (most - 1);
    const index = way.findIndex((length) => length >= wanted);
    kept.add(index === -1 ? points.length - 1 : index);
  }
  return points.filter((_, index) => kept.has(index));
}

/** Finer than any picture; null for what is no number. */
function rounded(accuracy: number): number | null {
  return Number.isFinite(accuracy) ? Number(accuracy.toFixed(4)) : null;
}
