/** A run read from its folder, finished or still being written; nothing is changed and no lock is taken. */

import type { SpectralSnapshot } from '../measures/spectral-snapshot.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  type CheckpointFile,
  checkpointPath,
  type LatestCheckpoint,
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
} from './checkpoint-folder.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { type MetricsTable, type ReadingOptions, readMetrics } from './metrics-reader.ts';
import { type MetricsTail, metricsTail, type TailPosition } from './metrics-tail.ts';
import { explained, RunError } from './run-error.ts';
import { runFiles, standingOf } from './run-files.ts';
import { isLocked } from './run-lock.ts';
import type { RunMeta } from './run-meta.ts';
import { listSpectra, readSpectrum, type SpectralFiles } from './spectral-folder.ts';
import { readWholeLines } from './through-step.ts';
import { readTiming, type TimingRow } from './timing.ts';

/** Reads the files of a run, finished or not. */
export class RunReader {
  readonly path: string;
  readonly meta: RunMeta;
  /** Whether the run had been finished when it was opened. */
  readonly done: boolean;
  readonly #disk: FileSystem;

  /** @throws RunError when there is no run at the path. */
  constructor(path: string, disk: FileSystem = nodeFileSystem) {
    const standing = standingOf(path, disk);
    if (standing.kind === 'not-a-run') {
      const problem = `${path} is not the folder of a run (no meta.json, but ${standing.holds})`;
      throw new RunError('not-a-run', problem, 'name a folder that grokscope train wrote');
    }
    if (standing.kind === 'absent') {
      throw new RunError('missing', `${path} holds no run`, 'name a folder that grokscope train wrote');
    }
    this.path = path;
    this.meta = standing.meta;
    this.done = standing.done;
    this.#disk = disk;
  }

  /** The folder of its figures, which may not be there yet. */
  get figures(): string {
    return runFiles(this.path).figures;
  }

  /** The folder of its spectral snapshots, which may not be there yet. */
  get spectral(): string {
    return runFiles(this.path).spectral;
  }

  /** Where its report is, or will be. */
  get report(): string {
    return runFiles(this.path).report;
  }

  /** The text of config.yaml. */
  configText(): string {
    const { config } = runFiles(this.path);
    const bytes = explained('reading it', config, () => this.#disk.read(config));
    return new TextDecoder().decode(bytes);
  }

  metrics(needed: ReadingOptions['needed'] = []): MetricsTable {
    const file = runFiles(this.path).metrics;
    return readMetrics(readWholeLines(file, this.#disk), { file, needed });
  }

  /** The lines of metrics.csv after those that a reader has, for whoever follows a run that is being written. */
  metricsAfter(read?: TailPosition): MetricsTail {
    const { metrics } = runFiles(this.path);
    const bytes = explained('reading it', metrics, () => this.#disk.read(metrics));
    return metricsTail(bytes, this.meta.run_id, read);
  }

  /** Whether a living process, as far as can be seen from here, writes the run at this moment. */
  isBeingWritten(): boolean {
    return isLocked(this.path, this.#disk);
  }

  timing(): TimingRow[] {
    return readTiming(readWholeLines(runFiles(this.path).timing, this.#disk));
  }

  /** The contents of summary.json; undefined until the run is finished. */
  summary(): unknown {
    const { summary } = runFiles(this.path);
    if (this.#disk.kind(summary) === 'missing') return undefined;
    return JSON.parse(
      new TextDecoder().decode(explained('reading it', summary, () => this.#disk.read(summary))),
    );
  }

  /** The spectra that are there by ascending step, intact or not. */
  spectra(): SpectralFiles[] {
    return listSpectra(this.spectral, this.#disk);
  }

  /** @throws RunError when one of its files is missing or damaged. */
  spectrum(files: SpectralFiles): SpectralSnapshot {
    return readSpectrum(files, this.#disk);
  }

  /** The checkpoints that are there by ascending step, intact or not. */
  checkpoints(): CheckpointFile[] {
    return listCheckpoints(runFiles(this.path).checkpoints, this.#disk);
  }

  /** @throws RunError when there is none of that step or it is damaged. */
  checkpoint(step: number): Checkpoint {
    return readCheckpoint(checkpointPath(runFiles(this.path).checkpoints, step), this.#disk);
  }

  /** The newest intact checkpoint, with a notice for each newer one that is not. */
  latestCheckpoint(): LatestCheckpoint {
    return latestCheckpoint(runFiles(this.path).checkpoints, this.meta.run_id, this.#disk);
  }
}
