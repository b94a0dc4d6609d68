/** The page's side of looking into checkpoints: a worker for one run, asked for one checkpoint at a time. */

import type { MeasuredValues } from 'grokscope';
import type { Examples } from '../run/examples.ts';
import { crashSentence } from '../run/failure-sentences.ts';
import type { Moment } from '../run/moment.ts';
import { chosenSteps, nextLook } from './checkpoint-order.ts';
import type { LookReport, LookRequest } from './looking-protocol.ts';

/** What is told of a run's checkpoints. */
export interface LookListener {
  examples(examples: Examples): void;
  /** Ascending by step. */
  moments(moments: readonly Moment[]): void;
  /** What was measured at a checkpoint, by column; told in ascending order of step. */
  measured(step: number, values: MeasuredValues): void;
  notice(sentence: string): void;
}

/** The run whose checkpoints are looked into. */
export interface LookedAt {
  readonly configText: string;
  readonly runId: string;
}

/** The part of a worker that is used. */
export type LookWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

const newWorker = (): LookWorker =>
  new Worker(new URL('../worker/training-worker.ts', import.meta.url), { type: 'module' });

export class CheckpointLooks {
  readonly #worker: LookWorker;
  readonly #listener: LookListener;
  readonly #runId: string;
  readonly #contentsOf: (step: number) => Promise<Blob | string>;
  readonly #moments = new Map<number, Moment>();
  /** Steps that were asked for, with or without success. */
  readonly #asked = new Set<number>();
  /** Measured at steps before which others are still to be looked into. */
  readonly #held = new Map<number, MeasuredValues>();
  #told = -1;
  #steps: readonly number[] = [];
  #waiting = true;

  /** @param contentsOf the checkpoint of a step, or its address */
  constructor(
    { configText, runId }: LookedAt,
    contentsOf: (step: number) => Promise<Blob | string>,
    listener: LookListener,
    worker = newWorker(),
  ) {
    this.#worker = worker;
    this.#listener = listener;
    this.#contentsOf = contentsOf;
    this.#runId = runId;
    worker.addEventListener('message', (event) => this.#take((event as MessageEvent<LookReport>).data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const sentence = crashSentence((event as ErrorEvent).message, (reason) => reason);
      this.#take({ kind: 'failed', step: undefined, sentence: sentence.replace(/\.$/, '') });
    });
    this.#ask({ kind: 'open', configText });
  }

  /** The steps of all checkpoints that there are by now, ascending. */
  offer(steps: readonly number[]): void {
    this.#steps = chosenSteps(steps);
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
    void this.#look(step);
  }

  async #look(step: number): Promise<void> {
    this.#waiting = true;
    try {
      this.#ask({ kind: 'look', step, runId: this.#runId, contents: await this.#contentsOf(step) });
    } catch (error) {
      this.#take({ kind: 'failed', step, sentence: error instanceof Error ? error.message : String(error) });
    }
  }

  #take(report: LookReport): void {
    if (report.kind === 'examples') {
      this.#listener.examples(report.examples);
      return;
    }
    if (report.kind === 'moment') {
      this.#keep(report.moment, report.extra);
    } else if (report.step === undefined) {
      this.#listener.notice(`The checkpoints cannot be looked into: ${report.sentence}.`);
      this.dispose();
      return;
    } else {
      this.#listener.notice(`The checkpoint of step ${report.step} is left out: ${report.sentence}.`);
    }
    this.#tellMeasured();
    this.#next();
  }

  /** Of a run that grew, only what is still chosen is kept, and its beginning. */
  #keep(moment: Moment, extra: MeasuredValues): void {
    this.#moments.set(moment.step, moment);
    this.#held.set(moment.step, extra);
    for (const step of this.#moments.keys()) {
      if (step > 0 && step !== moment.step && !this.#steps.includes(step)) this.#moments.delete(step);
    }
    this.#listener.moments([...this.#moments.values()].sort((a, b) => a.step - b.step));
  }

  #tellMeasured(): void {
    const missing = this.#steps.find((step) => !this.#asked.has(step)) ?? Number.POSITIVE_INFINITY;
    for (const [step, values] of [...this.#held].sort(([a], [b]) => a - b)) {
      if (step > missing) return;
      this.#held.delete(step);
      if (step <= this.#told) continue;
      this.#told = step;
      this.#listener.measured(step, values);
    }
  }
}
