/** Connects a training with a run directory: snapshots become rows and checkpoints, and those a training again. */

import type { Experiment } from '../config/index.ts';
import { measuredRows } from '../measures/measured-rows.ts';
import { spectralSnapshot } from '../measures/spectral-snapshot.ts';
import type { DivergenceError } from '../training/divergence.ts';
import type { ObservedStep, Snapshot, TrainOptions } from '../training/train.ts';
import { writeAtomically } from './atomic-file.ts';
import { nodeFileSystem } from './file-system.ts';
import { readMetricsFile } from './metrics-file.ts';
import type { MetricsRow } from './metrics-table.ts';
import { jsonText, type RecordedSummary, recordedSummary } from './recorded-summary.ts';
import type { Resumption, RunDirectory } from './run-directory.ts';
import { removeIfEmpty, runFiles, takeBackRun } from './run-files.ts';
import { trainerState, trainingState } from './trainer-state.ts';

/** The time of a recorded run. */
export interface RecorderOptions {
  /** Seconds the run had been trained for when it was resumed. */
  readonly seconds?: number;
  /** Milliseconds that pass, for timing.csv; by default the host's. */
  readonly clock?: () => number;
}

/** Records the snapshots of one training in its folder. */
export class RunRecorder {
  readonly run: RunDirectory;
  readonly #experiment: Experiment;
  readonly #clock: () => number;
  readonly #start: number;
  readonly #rows: (snapshot: Snapshot) => MetricsRow[];
  #timed: { step: number; seconds: number } | undefined;

  constructor(run: RunDirectory, experiment: Experiment, options: RecorderOptions = {}) {
    const { seconds = 0, clock = () => performance.now() } = options;
    this.run = run;
    this.#experiment = experiment;
    this.#rows = measuredRows(experiment);
    this.#clock = clock;
    this.#start = clock() - 1000 * seconds;
  }

  /** Seconds of training so far, earlier sessions included. */
  get seconds(): number {
    return (this.#clock() - this.#start) / 1000;
  }

  /**
   * Writes what a snapshot has to say: its metrics, the time, and its state where a checkpoint is due.
   * @returns the path of the checkpoint, if one was written
   * @throws RunError; everything written before stays whole.
   */
  record(snapshot: Snapshot): string | undefined {
    if (snapshot.metrics !== undefined) {
      this.run.appendMetrics(this.#rows(snapshot));
      if (this.#spectrumIsDue(snapshot))
        this.run.saveSpectrum(spectralSnapshot(snapshot.probe, snapshot.step));
    }
    this.#recordTime(snapshot.step);
    return snapshot.checkpoint ? this.run.saveCheckpoint(trainingState(snapshot.state())) : undefined;
  }

  /** Every `snapshot_stride`-th evaluation and the last: a function of the step, so that a resumed run writes the same ones. */
  #spectrumIsDue({ step, last, dataset }: Snapshot): boolean {
    const { spectral, train } = this.#experiment;
    if (!spectral.compute || dataset.inputs === undefined) return false;
    return last || step % (train.eval_every_steps * spectral.snapshot_stride) === 0;
  }

  /** A row of timing.csv; the first snapshot only starts the clock of the rate. */
  #recordTime(step: number): void {
    const { seconds } = this;
    if (this.#timed !== undefined && step > this.#timed.step) {
      const rate = (step - this.#timed.step) / Math.max(seconds - this.#timed.seconds, 1e-6);
      const row = {
        step,
        seconds: Number(seconds.toFixed(3)),
        steps_per_second: Number(rate.toPrecision(4)),
      };
      this.run.appendTiming(row);
    }
    this.#timed = { step, seconds };
  }

  /** Writes summary.json and DONE and closes the run. */
  finish(): RecordedSummary {
    const summary = recordedSummary(this.#rowsSoFar(), this.#experiment, this.run.meta.run_id);
    this.run.finish(summary);
    return summary;
  }

  /** Marks the run as diverged in summary.json and closes it; its metrics and checkpoints stay as they are. */
  diverge(error: DivergenceError): RecordedSummary {
    const summary = recordedSummary(this.#rowsSoFar(), this.#experiment, this.run.meta.run_id, error);
    writeAtomically(runFiles(this.run.path).summary, jsonText(summary));
    this.run.close();
    return summary;
  }

  /** Takes back a run in which nothing has been recorded, because its training could not even be set up. */
  discard(): void {
    if (this.#timed !== undefined) throw new Error(`internal: ${this.run.path} is not empty any more`);
    takeBackRun(this.run.path, nodeFileSystem);
    this.run.close();
    removeIfEmpty(this.run.path, nodeFileSystem);
  }

  #rowsSoFar(): readonly MetricsRow[] {
    return readMetricsFile(runFiles(this.run.path).metrics).rows;
  }
}

/** Where a resumed run goes on: its state and the accuracies seen up to it. Undefined: from the beginning. */
export function resumptionOf({ run, checkpoint }: Resumption): TrainOptions['resume'] {
  if (checkpoint === undefined) return undefined;
  const observed = new Map<number, ObservedStep>();
  for (const { step, split, values } of readMetricsFile(runFiles(run.path).metrics).rows) {
    observed.set(step, { ...observed.get(step), step, [split]: values.accuracy });
  }
  return { state: trainerState(checkpoint), history: [...observed.values()] };
}
