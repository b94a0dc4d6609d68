/** A run that is trained in this page: a worker, what it reported so far, and the requests that one may send it. */

import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Experiment, MetricsRow, Milestones, RunSummary, TrainerState } from 'grokscope';
import type { SavedTraining } from '../saved/saved-training.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import type { Report, Request } from '../worker/protocol.ts';
import type { Examples } from './examples.ts';
import { crashSentence } from './failure-sentences.ts';
import { KeptCheckpoints } from './kept-checkpoints.ts';
import { KeptMoments } from './kept-moments.ts';
import { KeptStates } from './kept-states.ts';
import type { RunStatus } from './lab-run.ts';
import type { Moment } from './moment.ts';
import { type Computing, type PlayedRun, type PlayedStart, threadsFor } from './played-run.ts';
import { ReportQueue } from './report-queue.ts';
import { type Series, SeriesTable } from './series.ts';

/** How a run is begun. */
export interface TrainingStart extends PlayedStart {
  /** Whether it goes on from where it was saved in this browser, if it was. */
  readonly resume?: boolean;
  /** Goes on from a state of another run instead of beginning at step 0. */
  readonly fork?: Fork;
}

/** Where a run left another. */
export interface Fork {
  readonly from: TrainingRun;
  /** One of the states of `from`. */
  readonly state: TrainerState;
  /** The settings of the run that began at step 0. */
  readonly original: WrittenSettings;
  readonly name: string;
}

/** An evaluation that the worker reports, or that was saved. */
type Evaluated = SavedTraining['history'][number] & { readonly state?: TrainerState };

/** How much of a training is saved in this browser. */
export type SavedUpTo = { readonly step: number } | { readonly refusal: string };

/** Reports of a training that goes on; of them one sees the latest. */
function isRoutine(report: Report): boolean {
  return report.kind === 'evaluated' || report.kind === 'saved' || (report.kind === 'at' && !report.waiting);
}

export class TrainingRun implements PlayedRun {
  readonly settings: WrittenSettings;
  /** The step at which it left another run; 0 for one that left none. */
  readonly forkedAt: number;
  readonly name = signal('');
  readonly id = signal<string | undefined>(undefined);
  readonly experiment = signal<Experiment | undefined>(undefined);
  readonly status = signal<RunStatus>({ kind: 'loading' });
  readonly step = signal(0);
  readonly rows = signal<readonly MetricsRow[]>([]);
  readonly milestones = signal<Milestones | undefined>(undefined);
  readonly moments = signal<readonly Moment[]>([]);
  /** Where it can be forked, ascending by step. */
  readonly states = signal<readonly TrainerState[]>([]);
  readonly examples = signal<Examples | undefined>(undefined);
  readonly notices = signal<readonly string[]>([]);
  readonly summary = signal<RunSummary | undefined>(undefined);
  readonly saved = signal<SavedUpTo | undefined>(undefined);
  /** The step that it goes on from, where it was saved in another visit. */
  readonly restoredStep = signal<number | undefined>(undefined);
  readonly computing: ReadonlySignal<Computing | undefined>;
  readonly checkpoints = new KeptCheckpoints();
  /** When the page began it. */
  readonly started = new Date();
  readonly #computing = signal<Computing | undefined>(undefined);
  readonly #worker: Worker;
  readonly #series = new SeriesTable();
  readonly #kept = new KeptMoments();
  readonly #keptStates = new KeptStates();
  readonly #fork: Fork | undefined;
  /** Rows as the command line would write them, without what the lab measured beside. */
  readonly #recorded: MetricsRow[] = [];
  readonly #queue = new ReportQueue<Report>((reports) => this.#takeIn(reports), isRoutine);
  #playing: boolean;
  #ended = false;
  #evaluations = 0;

  constructor({ settings, pace, playing, until, resume = false, fork }: TrainingStart) {
    this.settings = settings;
    this.#fork = fork;
    this.forkedAt = fork?.state.step ?? 0;
    this.name.value = fork?.name ?? settings.preset;
    this.computing = this.#computing;
    this.#playing = playing;
    this.#worker = new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#queue.push(data));
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#queue.push({
        kind: 'failed',
        sentence: crashSentence(event.message),
      });
    });
    if (fork !== undefined) this.#inherit(fork);
    this.#ask({
      kind: 'start',
      settings,
      threads: threadsFor(),
      pace,
      playing,
      until,
      resume,
      ...(fork === undefined
        ? {}
        : { fork: { original: fork.original, state: fork.state, rows: this.#recorded } }),
    });
  }

  get isFork(): boolean {
    return this.#fork !== undefined;
  }

  /** Rows of metrics.csv as `grokscope train` writes them. */
  get recordedRows(): readonly MetricsRow[] {
    return this.#recorded;
  }

  get interval(): number {
    return this.experiment.value?.train.eval_every_steps ?? 1;
  }

  series(split: string, column: string): Series {
    return this.#series.get(split, column);
  }

  /** @param until pauses at the evaluation at which this is first known; else goes on to the end */
  play(until?: PausingMilestone): void {
    this.#goOn({ kind: 'play', until });
  }

  /** The run is paused when its worker says so, after the step at hand. */
  pause(): void {
    if (this.#ended) return;
    this.#playing = false;
    this.#ask({ kind: 'pause' });
  }

  /** Trains to the next evaluation. */
  advance(): void {
    this.#goOn({ kind: 'advance' });
  }

  setPace(pace: number): void {
    this.#ask({ kind: 'pace', pace });
  }

  /** Ends the worker; the run keeps what it has. */
  dispose(): void {
    this.#ended = true;
    this.#worker.terminate();
  }

  /** Everything up to the step of the fork is that of the other run. */
  #inherit({ from, state: { step } }: Fork): void {
    const rows = from.rows.value.filter((row) => row.step <= step);
    this.#recorded.push(...from.#recorded.filter((row) => row.step <= step));
    this.#series.append(rows);
    this.#kept.addUpTo(step, from.#kept);
    this.#keptStates.addUpTo(step, from.#keptStates);
    this.#evaluations = new Set(rows.map((row) => row.step)).size;
    this.step.value = step;
    this.rows.value = rows;
    this.moments.value = this.#kept.all;
    this.states.value = this.#keptStates.all;
  }

  #goOn(request: Request): void {
    if (this.#ended) return;
    this.#playing = true;
    this.#ask(request);
    if (this.status.value.kind !== 'loading') this.status.value = { kind: 'running' };
  }

  #ask(request: Request): void {
    this.#worker.postMessage(request);
  }

  #takeIn(reports: readonly Report[]): void {
    const rows: MetricsRow[] = [];
    batch(() => {
      for (const report of reports) this.#apply(report, rows);
      if (rows.length > 0) this.rows.value = [...this.rows.value, ...rows];
      this.moments.value = this.#kept.all;
      this.states.value = this.#keptStates.all;
    });
  }

  #apply(report: Report, rows: MetricsRow[]): void {
    switch (report.kind) {
      case 'ready':
        this.experiment.value = report.experiment;
        if (this.#fork === undefined) {
          this.name.value = report.experiment.name;
          // A fork is not the run that its settings mean: that one begins at step 0.
          this.id.value = report.id;
        }
        this.examples.value = report.examples;
        this.notices.value = report.notices;
        this.#computing.value = { threads: report.threads, kernels: report.kernels };
        this.status.value = { kind: this.#playing ? 'running' : 'paused' };
        break;
      case 'evaluated':
        rows.push(...this.#withEvaluation(report));
        break;
      case 'restored':
        for (const evaluation of report.history) rows.push(...this.#withEvaluation(evaluation));
        this.#keptStates.add(this.#evaluations - 1, report.state);
        this.restoredStep.value = report.state.step;
        this.saved.value = { step: report.state.step };
        break;
      case 'saved':
        this.saved.value = { step: report.step };
        break;
      case 'unsaved':
        this.saved.value = { refusal: report.reason };
        break;
      case 'checkpoint':
        this.checkpoints.add(report.checkpoint);
        break;
      case 'at':
        this.step.value = report.step;
        if (report.waiting) {
          this.#playing = false;
          this.status.value = { kind: 'paused' };
        } else if (this.status.value.kind === 'paused') {
          // It was asked to go on before the page heard that it waits.
          this.#playing = true;
          this.status.value = { kind: 'running' };
        }
        break;
      case 'finished':
        this.summary.value = report.summary;
        this.#end({ kind: 'finished', weights: report.weights });
        break;
      case 'failed':
        this.#end({ kind: 'failed', sentence: report.sentence });
        break;
    }
  }

  /** Takes one evaluation in; returns its rows with everything that was measured. */
  #withEvaluation({ rows, extra, milestones, moment, state }: Evaluated): MetricsRow[] {
    this.#recorded.push(...rows);
    this.milestones.value = milestones;
    this.step.value = rows[0]?.step ?? this.step.value;
    if (moment !== undefined) this.#kept.add(this.#evaluations, moment);
    if (state !== undefined) this.#keptStates.add(this.#evaluations, state);
    this.#evaluations++;
    const all = rows.map((row) => ({ ...row, values: { ...extra, ...row.values } }));
    this.#series.append(all);
    return all;
  }

  #end(status: RunStatus): void {
    this.status.value = status;
    this.dispose();
  }
}
