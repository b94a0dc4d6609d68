/** A run that is simulated in this page: nothing is trained, the first layer moves along its isolated dynamics. */

import { batch, type Signal, signal } from '@preact/signals';
import type { Experiment, MetricsRow, Milestones } from 'grokscope';
import type { Observation } from '../../src/theory/isolated/observation.ts';
import type { AnalyticVerdict } from '../../src/theory/isolated/verdict.ts';
import type { Examples } from '../run/examples.ts';
import { crashSentence } from '../run/failure-sentences.ts';
import { KeptMoments } from '../run/kept-moments.ts';
import type { RunStatus } from '../run/lab-run.ts';
import type { Moment } from '../run/moment.ts';
import { PlayState } from '../run/play-state.ts';
import { type Computing, type PlayedRun, type PlayedStart, threadsFor } from '../run/played-run.ts';
import { ReportQueue } from '../run/report-queue.ts';
import { type Series, SeriesTable } from '../run/series.ts';
import type { WrittenSettings } from '../settings/written-settings.ts';
import type { PausingMilestone } from '../worker/gate.ts';
import type { IsolatedReport, IsolatedRequest } from './protocol.ts';

/** A moment that the next one takes the place of: it is no observation, so none of those that are kept. */
const PASSING = Number.NaN;

/** Reports of a simulation that goes on; of them one sees the latest. */
function isRoutine(report: IsolatedReport): boolean {
  const { kind } = report;
  return kind === 'observed' || kind === 'glimpse' || (kind === 'at' && !report.waiting);
}

export class IsolatedRun implements PlayedRun {
  readonly settings: WrittenSettings;
  readonly isSimulated = true;
  readonly name = signal('');
  readonly id = signal<string | undefined>(undefined);
  readonly experiment = signal<Experiment | undefined>(undefined);
  readonly status: Signal<RunStatus>;
  readonly step = signal(0);
  readonly rows = signal<readonly MetricsRow[]>([]);
  readonly milestones = signal<Milestones | undefined>(undefined);
  readonly moments = signal<readonly Moment[]>([]);
  readonly examples = signal<Examples | undefined>(undefined);
  readonly notices = signal<readonly string[]>([]);
  readonly computing = signal<Computing | undefined>(undefined);
  /** Set when it is finished. */
  readonly verdict = signal<AnalyticVerdict | undefined>(undefined);
  /** As on the command line, ascending by step. */
  readonly observations: Observation[] = [];
  readonly #interval = signal(1);
  readonly #worker: Worker;
  readonly #series = new SeriesTable();
  readonly #kept = new KeptMoments();
  readonly #reports = new ReportQueue<IsolatedReport>((reports) => this.#take(reports), isRoutine);
  readonly #playState: PlayState;

  constructor(start: PlayedStart) {
    this.settings = start.settings;
    this.name.value = start.settings.preset;
    this.#playState = new PlayState(start.playing);
    this.status = this.#playState.status;
    this.#worker = new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<IsolatedReport>) =>
      this.#reports.push(data),
    );
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      const stopped = (reason: string) =>
        `The simulation stopped: ${reason}. Simulate again, or reload the page.`;
      this.#reports.push({ kind: 'failed', sentence: crashSentence(event.message, stopped) });
    });
    this.#ask({ kind: 'simulate', threads: threadsFor(), ...start });
  }

  get interval(): number {
    return this.#interval.value;
  }

  series(split: string, column: string): Series {
    return this.#series.get(split, column);
  }

  play(until?: PausingMilestone): void {
    this.#goOn({ kind: 'play', until });
  }

  pause(): void {
    if (this.#playState.pause()) this.#ask({ kind: 'pause' });
  }

  advance(): void {
    this.#goOn({ kind: 'advance' });
  }

  setPace(pace: number): void {
    this.#ask({ kind: 'pace', pace });
  }

  dispose(): void {
    this.#playState.end();
    this.#worker.terminate();
  }

  #goOn(request: IsolatedRequest): void {
    if (this.#playState.goOn()) this.#ask(request);
  }

  #ask(request: IsolatedRequest): void {
    this.#worker.postMessage(request);
  }

  #take(reports: readonly IsolatedReport[]): void {
    const rows: MetricsRow[] = [];
    batch(() => {
      for (const report of reports) this.#apply(report, rows);
      if (rows.length > 0) this.rows.value = [...this.rows.value, ...rows];
      this.moments.value = this.#kept.all;
    });
  }

  #apply(report: IsolatedReport, rows: MetricsRow[]): void {
    switch (report.kind) {
      case 'ready':
        this.experiment.value = report.experiment;
        this.name.value = report.experiment.name;
        this.id.value = report.id;
        this.examples.value = report.examples;
        this.notices.value = report.notices;
        this.computing.value = { threads: report.threads, kernels: report.kernels };
        this.#interval.value = report.interval;
        this.#playState.ready();
        break;
      case 'observed':
        this.#kept.add(this.observations.length, report.moment);
        this.observations.push(report.observation);
        this.#series.append(report.rows);
        rows.push(...report.rows);
        this.milestones.value = report.milestones;
        this.step.value = report.observation.step;
        break;
      case 'glimpse':
        this.#kept.add(PASSING, report.moment);
        this.step.value = report.moment.step;
        break;
      case 'at':
        this.step.value = report.step;
        this.#playState.hear(report.waiting);
        break;
      case 'finished':
        this.verdict.value = report.verdict;
        this.#end({ kind: 'finished' });
        break;
      case 'failed':
        this.#end({ kind: 'failed', sentence: report.sentence });
        break;
    }
  }

  #end(status: RunStatus): void {
    this.status.value = status;
    this.dispose();
  }
}
