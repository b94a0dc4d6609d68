/** The folder of a run while a process writes it: started, resumed, appended to and finished, safe at any moment. */

import { join } from 'node:path';
import type { SpectralSnapshot } from '../measures/spectral-snapshot.ts';
import { type AnalyticResult, writeAnalytic } from './analytic-folder.ts';
import { AppendFile } from './append-file.ts';
import { writeAtomically } from './atomic-file.ts';
import type { Checkpoint } from './checkpoint.ts';
import { latestCheckpoint, writeCheckpoint } from './checkpoint-folder.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { doneText } from './meta-format.ts';
import { MetricsFile } from './metrics-file.ts';
import { fixedColumns, type MetricsRow } from './metrics-table.ts';
import { jsonText } from './recorded-summary.ts';
import { explained } from './run-error.ts';
import { clearRun, removeIfEmpty, removePartials, runFiles, standingOf, takeBackRun } from './run-files.ts';
import { RunLock } from './run-lock.ts';
import { newMeta, newSession, type RunDescription, type RunMeta, writeMeta } from './run-meta.ts';
import { checkResume, checkStart } from './run-refusal.ts';
import { removeSpectraAfter, writeSpectrum } from './spectral-folder.ts';
import { readWholeLines, truncateToStep } from './through-step.ts';
import { formatTiming, readTiming, type TimingRow, timingColumns } from './timing.ts';

/** How a run is written. */
export interface RunOptions {
  /** Replace a run that is there. Files that no run wrote stay. */
  readonly overwrite?: boolean;
  /** How many of the newest checkpoints are kept; default: all. */
  readonly keepCheckpoints?: number;
  readonly disk?: FileSystem;
  /** The wall clock, for meta.json. */
  readonly now?: () => Date;
}

/** What the trainer hands over at a checkpoint; the run adds whose it is. */
export type TrainingState = Pick<Checkpoint, 'step' | 'tensors' | 'scalars'>;

/** A run opened again, and where it goes on. */
export interface Resumption {
  readonly run: RunDirectory;
  /** Where to go on from; undefined: from the beginning, no checkpoint had been written. */
  readonly checkpoint: Checkpoint | undefined;
  /** Seconds of training up to the checkpoint, by timing.csv. */
  readonly seconds: number;
  /** What a person should know, such as a damaged checkpoint passed over; also in meta.json. */
  readonly notices: readonly string[];
}

/** The folder of a run that this process writes; it holds the lock until it is closed. */
export class RunDirectory {
  readonly path: string;
  readonly #disk: FileSystem;
  readonly #lock: RunLock;
  readonly #keep: number | undefined;
  readonly #metrics: MetricsFile;
  readonly #timing: AppendFile;
  #meta: RunMeta;
  #lastCheckpoint: number;
  #open = true;

  private constructor(
    path: string,
    meta: RunMeta,
    lock: RunLock,
    lastCheckpoint: number,
    options: RunOptions,
  ) {
    this.path = path;
    this.#meta = meta;
    this.#lock = lock;
    this.#lastCheckpoint = lastCheckpoint;
    this.#keep = options.keepCheckpoints;
    this.#disk = options.disk ?? nodeFileSystem;
    const files = runFiles(path);
    this.#metrics = new MetricsFile(files.metrics, this.#disk);
    try {
      this.#timing = new AppendFile(files.timing, this.#disk);
      if (this.#timing.length === 0) this.#timing.append(`${timingColumns.join(',')}\n`);
    } catch (error) {
      this.#metrics.close();
      throw error;
    }
  }

  /**
   * Starts a run in a folder, which is made. Nothing is touched when that is refused.
   * @throws RunError when a run or anything else is there (see `overwrite`), or the folder cannot be written.
   */
  static create(path: string, description: RunDescription, options: RunOptions = {}): RunDirectory {
    const { disk = nodeFileSystem, overwrite = false, now = () => new Date() } = options;
    const meta = newMeta(description, now());
    checkStart(path, standingOf(path, disk), meta, overwrite);
    const isNew = explained('looking at it', path, () => disk.kind(path)) === 'missing';
    explained('making the folder', path, () => disk.makeFolder(path));
    let lock: RunLock | undefined;
    try {
      lock = RunLock.take(path, disk);
      const standing = standingOf(path, disk);
      checkStart(path, standing, meta, overwrite);
      removePartials(path, disk);
      if (standing.kind === 'run') clearRun(path, disk);
      writeMeta(path, meta, disk);
      writeAtomically(runFiles(path).config, description.configText, disk);
      return new RunDirectory(path, meta, lock, -1, options);
    } catch (error) {
      if (isNew && lock !== undefined) takeBackRun(path, disk);
      lock?.release();
      if (isNew) removeIfEmpty(path, disk);
      throw error;
    }
  }

  /**
   * Opens an unfinished run of the same computation and takes it back to its newest intact checkpoint: rows and spectra
   * of later steps are removed, so that when training has caught up they have the bytes of a run never interrupted.
   * @throws RunError when there is no such run, it is finished, of another configuration, or damaged.
   */
  static resume(path: string, description: RunDescription, options: RunOptions = {}): Resumption {
    const { disk = nodeFileSystem, now = () => new Date() } = options;
    const started = now();
    const wanted = newMeta(description, started);
    checkResume(path, standingOf(path, disk), wanted);
    const lock = RunLock.take(path, disk);
    let run: RunDirectory | undefined;
    try {
      const found = checkResume(path, standingOf(path, disk), wanted);
      const files = runFiles(path);
      const { checkpoint, notices: passedOver } = latestCheckpoint(files.checkpoints, found.run_id, disk);
      removePartials(path, disk);
      const step = checkpoint?.step ?? -1;
      truncateToStep(files.metrics, step, fixedColumns.length, disk);
      truncateToStep(files.timing, step, timingColumns.length, disk);
      removeSpectraAfter(files.spectral, step, disk);
      if (disk.kind(files.config) === 'missing') writeAtomically(files.config, description.configText, disk);
      const session = newSession(description, checkpoint?.step ?? 0, started);
      const meta = { ...found, resumed: [...found.resumed, session] };
      run = new RunDirectory(path, meta, lock, step, options);
      const notices = [...passedOver, ...run.#lostRows(checkpoint)];
      run.#writeMeta({ ...meta, notices: [...meta.notices, ...notices] });
      const seconds = readTiming(readWholeLines(files.timing, disk)).at(-1)?.seconds ?? 0;
      return { run, checkpoint, seconds, notices };
    } catch (error) {
      run?.close();
      lock.release();
      throw error;
    }
  }

  get meta(): RunMeta {
    return this.#meta;
  }

  /** The folder for figures, made when it is not there. */
  get figures(): string {
    return this.#folder(runFiles(this.path).figures);
  }

  /** The folder for spectral snapshots, made when it is not there. */
  get spectral(): string {
    return this.#folder(runFiles(this.path).spectral);
  }

  /** Appends rows to metrics.csv: steps ascending, one row per split. A row of step s comes before checkpoint s. */
  appendMetrics(rows: readonly MetricsRow[]): void {
    this.#writable();
    const late = rows.find(({ step }) => step <= this.#lastCheckpoint);
    if (late !== undefined) {
      throw new Error(
        `internal: metrics of step ${late.step} after the checkpoint of ${this.#lastCheckpoint}`,
      );
    }
    this.#metrics.append(rows);
  }

  appendTiming(row: TimingRow): void {
    this.#writable();
    this.#timing.append(formatTiming(row));
  }

  /** Writes what the isolated dynamics showed into analytic/. */
  saveAnalytic(result: AnalyticResult): void {
    writeAnalytic(runFiles(this.path).analytic, result, this.#disk);
  }

  /** Writes the spectrum of a step into spectral/. Like its metrics it comes before the checkpoint of that step. */
  saveSpectrum(snapshot: SpectralSnapshot): void {
    this.#writable();
    writeSpectrum(runFiles(this.path).spectral, snapshot, this.#disk);
  }

  /**
   * Writes a checkpoint, after all rows are on the disk.
   * @returns its path
   * @throws RunError; everything written before stays whole.
   */
  saveCheckpoint(state: TrainingState): string {
    this.#writable();
    this.#metrics.sync();
    this.#timing.sync();
    const { run_id: runId, numeric_version: numericVersion } = this.#meta;
    const checkpoint = { ...state, runId, numericVersion, metricsRows: this.#metrics.rows };
    const path = writeCheckpoint(runFiles(this.path).checkpoints, checkpoint, this.#keep, this.#disk);
    this.#lastCheckpoint = state.step;
    return path;
  }

  /** Puts a sentence for the reader of the run into meta.json. */
  addNotice(notice: string): void {
    this.#writable();
    this.#writeMeta({ ...this.#meta, notices: [...this.#meta.notices, notice] });
  }

  /** Writes summary.json, then DONE, and closes the run. */
  finish(summary: object): void {
    this.#writable();
    this.#metrics.sync();
    this.#timing.sync();
    const files = runFiles(this.path);
    writeAtomically(files.summary, jsonText(summary), this.#disk);
    writeAtomically(files.done, doneText(this.#meta), this.#disk);
    this.close();
  }

  /** Closes the files and gives the lock back; the run can be resumed. Closing twice does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#metrics.close();
    this.#timing.close();
    this.#lock.release();
  }

  #writable(): void {
    if (!this.#open) throw new Error(`internal: the run ${this.path} is closed`);
  }

  #writeMeta(meta: RunMeta): void {
    writeMeta(this.path, meta, this.#disk);
    this.#meta = meta;
  }

  #folder(path: string): string {
    explained('making the folder', path, () => this.#disk.makeFolder(path));
    return path;
  }

  #lostRows(checkpoint: Checkpoint | undefined): string[] {
    const expected = checkpoint?.metricsRows ?? 0;
    if (this.#metrics.rows === expected) return [];
    return [
      `${join(this.path, 'metrics.csv')} holds ${this.#metrics.rows} rows up to step ${checkpoint?.step}, of the ` +
        `${expected} that were written; training is not affected, but the curves have a gap`,
    ];
  }
}
