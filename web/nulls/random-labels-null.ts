/** The page's side of the null on random labels: what a worker that trains it for one run has measured so far. */

import { type Signal, signal } from '@preact/signals';
import type { Experiment } from 'grokscope';
import { crashSentence } from '../run/failure-sentences.ts';
import type { LabRun } from '../run/lab-run.ts';
import { type Series, SeriesTable } from '../run/series.ts';
import type { RandomLabelsReport, RandomLabelsRequest } from './random-labels-protocol.ts';

export type NullStatus =
  | { readonly kind: 'training'; readonly step: number; readonly steps: number }
  | { readonly kind: 'done'; readonly step: number }
  | { readonly kind: 'failed'; readonly sentence: string };

/** The part of a worker that is used. */
export type NullWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export class RandomLabelsNull {
  readonly status: Signal<NullStatus>;
  readonly #series = new SeriesTable();
  readonly #worker: NullWorker;

  constructor(experiment: Experiment, steps: number, worker: NullWorker) {
    this.#worker = worker;
    this.status = signal<NullStatus>({ kind: 'training', step: 0, steps });
    worker.addEventListener('message', (event) =>
      this.#take((event as MessageEvent<RandomLabelsReport>).data),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const sentence = crashSentence((event as ErrorEvent).message, (reason) => `${reason}.`);
      this.#take({ kind: 'null-failed', sentence });
    });
    const request: RandomLabelsRequest = { kind: 'random-labels', experiment, steps };
    worker.postMessage(request);
  }

  /** One measured column. Reads a signal that changes with it. */
  series(column: string): Series {
    void this.status.value;
    return this.#series.get('train', column);
  }

  /** Ends the training; what was measured stays. */
  stop(): void {
    const { value } = this.status;
    if (value.kind !== 'training') return;
    this.#worker.terminate();
    this.status.value = { kind: 'done', step: value.step };
  }

  #take(report: RandomLabelsReport): void {
    const { value } = this.status;
    if (value.kind !== 'training') return;
    if (report.kind === 'null-measured') {
      this.#series.append([{ step: report.step, split: 'train', values: report.values }]);
      this.status.value = { ...value, step: report.step };
      return;
    }
    this.#worker.terminate();
    this.status.value =
      report.kind === 'null-done'
        ? { kind: 'done', step: value.step }
        : { kind: 'failed', sentence: report.sentence };
  }
}

const nulls = new WeakMap<LabRun, Signal<RandomLabelsNull | undefined>>();

/** The null of a run; its value is undefined until one was asked for. */
export function randomLabelsOf(run: LabRun): Signal<RandomLabelsNull | undefined> {
  let known = nulls.get(run);
  if (known === undefined) {
    known = signal(undefined);
    nulls.set(run, known);
  }
  return known;
}
