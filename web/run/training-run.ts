/** A run that is trained in this page: a worker, what it reported so far, and the requests that one may send it. */

import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Experiment, MetricsRow, Milestones, RunSummary, TrainerState } from 'grokscope';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import type { ForkPoint, Report, Request } from '../worker/protocol.ts';
import type { Examples } from './examples.ts';
import { crashSentence } from './failure-sentences.ts';
import type { ForkableRun, History } from './forkable-run.ts';
import { KeptCheckpoints } from './kept-checkpoints.ts';
import { KeptMoments } from './kept-moments.ts';
import { KeptStates } from './kept-states.ts';
import type { RunStatus } from './lab-run.ts';
import type { Moment } from './moment.ts';
import { PlayState } from './play-state.ts';
import { type Computing, type PlayedRun, threadsFor } from './played-run.ts';
import { ReportQueue } from './report-queue.ts';
import { type Series, SeriesTable } from './series.ts';
import { type Fork, forkPoint, type TrainingStart } from './training-start.ts';

/** An evaluation that the worker reports, or that was saved. */
type Evaluated = History[number] & { readonly state?: TrainerState };

/** How much of a training is saved in this browser. */
export type SavedUpTo = { readonly step: number } | { readonly refusal: string };

/** Reports of a training that goes on; of them one sees the latest. */
function isRoutine(report: Report): boolean {
  return report.kind === 'evaluated' || report.kind === 'saved' || (report.kind === 'at' && !report.waiting);
}

export class TrainingRun implements PlayedRun, ForkableRun {
  readonly settings: WrittenSettings;
  readonly unforkable = undefined;
  readonly forkedAt: number;
  readonly name = signal('');
  readonly id = signal<string | undefined>(undefined);
  readonly experiment = signal<Experiment | undefined>(undefined);
  readonly status: Signal<RunStatus>;
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
  readonly #keptStates: KeptStates;
  readonly #fork: Fork | undefined;
  /** Without their moments, which are kept apart. */
  readonly #evaluated: History[number][] = [];
  /** Requests that wait for the first one, while that waits for a file. */
  #held: Request[] | undefined;
  readonly #queue = new ReportQueue<Report>((reports) => this.#takeIn(reports), isRoutine);
  readonly #playState: PlayState;

  constructor({ settings, pace, playing, until, resume = false, pinned = [], fork }: TrainingStart) {
    this.settings = settings;
    this.#fork = fork;
    this.forkedAt = fork?.lineage.at(-1)?.step ?? 0;
    this.name.value = fork?.name ?? settings.preset;
    this.computing = this.#computing;
    this.#playState = new PlayState(playing);
    this.status = this.#playState.status;
    this.#keptStates = new KeptStates(pinned);
    this.#worker = new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#queue.push(data));
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#queue.push({
        kind: 'failed',
        sentence: crashSentence(event.message),
      });
    });
    const threads = threadsFor();
    const start = { kind: 'start', settings, threads, pace, playing, until, resume, pinned } as const;
    if (fork === undefined) this.#ask(start);
    else this.#startFork(start, fork);
  }

  get isFork(): boolean {
    return this.#fork !== undefined;
  }

  /** Rows of metrics.csv as `grokscope train` writes them. */
  get recordedRows(): readonly MetricsRow[] {
    return this.#evaluated.flatMap(({ rows }) => rows);
  }

  historyUpTo(step: number): History {
    const momentAt = new Map(this.#kept.all.map((moment) => [moment.step, moment]));
    return this.#evaluated
      .filter(({ rows }) => (rows[0]?.step ?? 0) <= step)
      .map((evaluation) => {
        const moment = momentAt.get(evaluation.rows[0]?.step ?? 0);
        return moment === undefined ? evaluation : { ...evaluation, moment };
      });
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
    if (this.#playState.pause()) this.#ask({ kind: 'pause' });
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
    this.#playState.end();
    this.#worker.terminate();
  }

  /** Everything up to the step of the fork is that of the other run. */
  #inherit(history: History): void {
    const rows = history.flatMap((evaluation) => this.#withEvaluation(evaluation));
    batch(() => {
      this.step.value = this.forkedAt;
      this.rows.value = rows;
      this.moments.value = this.#kept.all;
    });
  }

  #startFork(start: Extract<Request, { kind: 'start' }>, fork: Fork): void {
    if (fork.start !== undefined) this.#inherit(fork.start.history);
    const point = forkPoint(fork);
    if (point instanceof Promise) this.#holdFor(point, start);
    else this.#ask({ ...start, fork: point });
  }

  #holdFor(point: Promise<ForkPoint>, start: Extract<Request, { kind: 'start' }>): void {
    this.#held = [];
    point.then(
      (read) => {
        const later = this.#held ?? [];
        this.#held = undefined;
        for (const request of [{ ...start, fork: read }, ...later]) this.#ask(request);
      },
      (error) => this.#queue.push({ kind: 'failed', sentence: String(error.message) }),
    );
  }

  #goOn(request: Request): void {
    if (this.#playState.goOn()) this.#ask(request);
  }

  #ask(request: Request): void {
    if (this.#held === undefined) this.#worker.postMessage(request);
    else this.#held.push(request);
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
        this.#playState.ready();
        break;
      case 'evaluated':
        rows.push(...this.#withEvaluation(report));
        break;
      case 'restored':
        for (const evaluation of report.history) rows.push(...this.#withEvaluation(evaluation));
        this.#keptStates.add(this.#evaluated.length - 1, report.state);
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
        this.#playState.hear(report.waiting);
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
  #withEvaluation({ moment, state, ...evaluation }: Evaluated): MetricsRow[] {
    const { rows, extra, milestones } = evaluation;
    const place = this.#evaluated.length;
    this.#evaluated.push({ rows, extra, milestones });
    this.milestones.value = milestones;
    this.step.value = rows[0]?.step ?? this.step.value;
    if (moment !== undefined) this.#kept.add(place, moment);
    if (state !== undefined) this.#keptStates.add(place, state);
    const all = rows.map((row) => ({ ...row, values: { ...extra, ...row.values } }));
    this.#series.append(all);
    return all;
  }

  #end(status: RunStatus): void {
    this.status.value = status;
    this.dispose();
  }
}
