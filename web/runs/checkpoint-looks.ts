/** The page's side of looking into checkpoints: a worker for one run, asked for one checkpoint at a time. */

import type { Examples } from '../run/examples.ts';
import type { Moment } from '../run/moment.ts';
import { evenlyThinned, nextLook } from './checkpoint-order.ts';
import type { LookReport, LookRequest } from './looking-protocol.ts';

/** What is told of a run's checkpoints. */
export interface LookListener {
  examples(examples: Examples): void;
  /** Ascending by step. */
  moments(moments: readonly Moment[]): void;
  notice(sentence: string): void;
}

/** The part of a worker that is used. */
export type LookWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

const newWorker = (): LookWorker =>
  new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });

export class CheckpointLooks {
  readonly #worker: LookWorker;
  readonly #listener: LookListener;
  readonly #urlOf: (step: number) => string;
  readonly #moments = new Map<number, Moment>();
  /** Steps that were asked for, with or without success. */
  readonly #asked = new Set<number>();
  #steps: readonly number[] = [];
  #waiting = true;

  /** @param urlOf address of the checkpoint of a step */
  constructor(
    configText: string,
    urlOf: (step: number) => string,
    listener: LookListener,
    worker = newWorker(),
  ) {
    this.#worker = worker;
    this.#listener = listener;
    this.#urlOf = urlOf;
    worker.addEventListener('message', (event) => this.#take((event as MessageEvent<LookReport>).data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const sentence = (event as ErrorEvent).message || 'its script did not load';
      this.#take({ kind: 'failed', step: undefined, sentence });
    });
    this.#ask({ kind: 'open', configText });
  }

  /** The steps of all checkpoints that there are by now, ascending. */
  offer(steps: readonly number[]): void {
    this.#steps = evenlyThinned(steps);
    if (!this.#waiting) this.#next();
  }

  dispose(): void {
    this.#worker.terminate();
  }

  #ask(request: LookRequest): void {
    this.#waiting = true;
    this.#worker.postMessage(request);
  }

  #next(): void {
    this.#waiting = false;
    const step = nextLook(this.#steps, this.#asked);
    if (step === undefined) return;
    this.#asked.add(step);
    this.#ask({ kind: 'look', step, url: this.#urlOf(step) });
  }

  #take(report: LookReport): void {
    if (report.kind === 'examples') {
      this.#listener.examples(report.examples);
      return;
    }
    if (report.kind === 'moment') {
      this.#moments.set(report.moment.step, report.moment);
      this.#listener.moments([...this.#moments.values()].sort((a, b) => a.step - b.step));
    } else if (report.step === undefined) {
      this.#listener.notice(`The checkpoints cannot be looked into: ${report.sentence}.`);
      this.dispose();
      return;
    } else {
      this.#listener.notice(`The checkpoint of step ${report.step} is left out: ${report.sentence}.`);
    }
    this.#next();
  }
}
