/**
 * The network of a simulation as a trained one: it is given the first layer of a step and the last one that solves it, and the lab
 * looks at it as it looks at every network. Pictures are made of it, in the number format of the settings; losses and accuracies
 * are those of the simulation.
 */

import {
  type Dataset,
  type Experiment,
  Machine,
  type MeasuredValues,
  type OpenMeasure,
  openMeasures,
  type Tensor,
  Trainer,
  type TrainerState,
} from 'grokscope';
import type { Moment } from '../run/moment.ts';
import { Observation } from '../worker/observation.ts';

/** A first layer [inputs, width], row-major, and the last layer [width, classes] that solves it. */
export interface SimulatedLayers {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

export class ObservedNetwork {
  readonly #trainer: Trainer;
  readonly #state: TrainerState;
  readonly #observation = new Observation();
  /** What the settings ask for. */
  readonly #asked: OpenMeasure;

  private constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#state = trainer.state();
    this.#asked = openMeasures(trainer.probe);
  }

  /**
   * @param width of the hidden layer, which the simulation may have widened
   * @throws MeasureRefusal for a measure that the settings ask for and the network does not have
   */
  static async open(experiment: Experiment, dataset: Dataset, width: number): Promise<ObservedNetwork> {
    const machine = await Machine.open({ threads: 1 });
    const trainer = await Trainer.start(observedExperiment(experiment, width), dataset, machine);
    return new ObservedNetwork(trainer);
  }

  /** Puts the layers of a step into the network; what is asked of it then is about these. */
  hold(step: number, { first, last }: SimulatedLayers): void {
    const layers = [
      ['W_1', first],
      ['W_2', last],
    ] as const;
    const tensors = new Map(this.#state.tensors);
    for (const [name, values] of layers) tensors.set(name, filled(tensors.get(name), values));
    this.#trainer.restore({ step, tensors });
  }

  /** What panels need of it. */
  moment(): Moment {
    return this.#observation.moment(this.#snapshot());
  }

  /** All measures by column, those that the settings ask for and those that the lab takes everywhere. */
  numbers(): MeasuredValues {
    // Observations are a hundredth of the simulation apart: at each of them all are due, as at the first of a training.
    const everywhere = this.#observation.numbers(this.#snapshot(), 0, false);
    return { ...everywhere, ...this.#asked.values(this.#trainer.step) };
  }

  #snapshot() {
    const trainer = this.#trainer;
    const { probe, dataset, step } = trainer;
    return { probe, dataset, step, logits: () => trainer.logits() };
  }

  close(): Promise<void> {
    return this.#trainer.machine.close();
  }
}

/** It is never trained, so that nothing of a training needs memory; and it has the width of the simulation. */
function observedExperiment(experiment: Experiment, width: number): Experiment {
  const { model, train } = experiment;
  if (model.type !== 'two_layer') throw new Error(`internal: the lab does not simulate a ${model.type}`);
  return {
    ...experiment,
    model: { ...model, hidden_dim: width },
    train: { ...train, optimizer: 'sgd', momentum: 0, ema: { ...train.ema, use: false } },
    laplacian_penalty: { ...experiment.laplacian_penalty, compute: false },
  };
}

function filled(tensor: Tensor | undefined, values: Float64Array): Tensor {
  if (tensor === undefined || tensor.values.length !== values.length)
    throw new Error('internal: the network of a simulation has other layers');
  const ofDtype = tensor.dtype === 'f64' ? values : Float32Array.from(values);
  return { ...tensor, values: ofDtype };
}
