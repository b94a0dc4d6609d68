/**
 * Which train examples a step sees. Full batch: all of them, ascending. Mini-batches: each epoch is a permutation from
 * its own stream, cut into batches, the last one as short as it comes; a pure function of the step, so that a resumed
 * run goes on in mid-epoch.
 */

import type { Experiment } from '../config/index.ts';
import { Stream } from '../engine/index.ts';

export class Batches {
  /** Most examples of a step. */
  readonly size: number;
  /** Steps of one pass over the train examples. */
  readonly perEpoch: number;
  private readonly examples: Int32Array;
  private readonly seed: number;
  private epoch = -1;
  private order: Int32Array;

  /** @param examples numbers of the train examples */
  constructor(examples: Int32Array, experiment: Pick<Experiment, 'seed' | 'loader'>) {
    const { batch_size } = experiment.loader;
    this.examples = examples;
    this.seed = experiment.seed;
    this.size = batch_size === 'full' ? examples.length : Math.min(batch_size, examples.length);
    this.perEpoch = Math.ceil(examples.length / this.size);
    this.order = examples;
  }

  /** The examples of a step, counted from 1; a view that holds until the next call. */
  of(step: number): Int32Array {
    if (this.perEpoch === 1 && this.size === this.examples.length) return this.examples;
    const epoch = Math.floor((step - 1) / this.perEpoch);
    if (epoch !== this.epoch) {
      const permutation = new Stream(this.seed, 'batches', epoch).permutation(this.examples.length);
      this.order = permutation.map((place) => this.examples[place] as number);
      this.epoch = epoch;
    }
    const from = (step - 1 - epoch * this.perEpoch) * this.size;
    return this.order.subarray(from, Math.min(from + this.size, this.order.length));
  }
}
