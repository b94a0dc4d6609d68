/** The network of an experiment as theory sees it: in double precision, on its train examples, with θ as one vector. */

import type { Experiment } from '../../config/index.ts';
import {
  concat,
  type Expr,
  economize,
  input,
  Machine,
  meanExamples,
  type Program,
  reshape,
  slice,
} from '../../engine/index.ts';
import { buildModel, type Forward } from '../../models/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { exampleLoss } from '../../training/losses/index.ts';
import { parameterName } from '../../training/optimizers/parameter_name.ts';
import type { Tensor } from '../../training/trainer.ts';
import { TheoryError } from '../refusal.ts';
import { Differentiated, type LinearMap, sizeOf, writeVector } from './differentiated.ts';
import { type HeldOutputs, heldOutputs } from './held-outputs.ts';

/** Outputs F(θ) of a network on its train examples, with products of their Jacobian J = ∂F/∂θ. */
export class ZeroLossNetwork implements LinearMap {
  readonly experiment: Experiment;
  readonly machine: Machine;
  readonly held: HeldOutputs;
  /** Outputs: train examples × answers × classes. */
  readonly rows: number;
  /** Parameters. */
  readonly columns: number;
  /** Of the model, in its order, which is the order of θ. */
  readonly parameters: readonly Expr[];
  /** The mean loss over train examples, without decay. */
  readonly meanLoss: Expr;
  /** The mean squared error of answering 0 everywhere: of one-hot labels, one over the classes. */
  readonly lossOfZero: number;
  /** Numbers of the train examples on this machine. */
  readonly examples: Int32Array;
  /** What relus take, on every train example; undefined where the network is smooth. */
  readonly preActivations: Differentiated | undefined;
  private readonly outputs: Differentiated;
  private lossProgram: Program | undefined;

  private constructor(experiment: Experiment, dataset: Dataset, machine: Machine) {
    this.experiment = experiment;
    this.machine = machine;
    this.held = heldOutputs(experiment);
    const { train: chosen } = dataset.split;
    if (chosen.length === 0) {
      throw new TheoryError(
        'dataset: the zero-loss set needs train examples, got none; raise train_fraction',
      );
    }
    const { vocabulary, classes, answers } = dataset;
    const data = { vocabulary, classes, answers, operands: dataset.tokens.length };
    const model = buildModel(experiment.model, data, 'f64');
    const labelShape = answers === 1 ? [] : [answers];
    this.setExamples(dataset, labelShape);
    this.examples = Int32Array.from(chosen, (_, i) => i);
    const tokens = dataset.tokens.map((_, i) => input(`token${i}`, [], 'i32', { examples: true }));
    const label = input('label', labelShape, 'i32', { examples: true });
    const forward = model.forward(tokens, 'eval');
    const [logits] = economize([forward.logits], chosen.length) as [Expr];
    const differentiated = (name: string, value: Expr) =>
      new Differentiated(machine, name, value, model.parameters, this.examples);
    this.outputs = differentiated('outputs', this.held.of(logits));
    const pre = beforeRelus(forward, experiment, answers);
    this.preActivations = pre && differentiated('pre', economize([pre], chosen.length)[0] as Expr);
    const options = { ...experiment.train, log_softmax_dtype: 'f64' as const };
    this.meanLoss = meanExamples(exampleLoss(logits, label, options));
    this.parameters = model.parameters;
    this.lossOfZero = 1 / classes;
    this.rows = this.outputs.rows;
    this.columns = this.outputs.columns;
  }

  /** @throws TheoryError for what the theory cannot do */
  static async open(experiment: Experiment, dataset: Dataset, threads = 1): Promise<ZeroLossNetwork> {
    heldOutputs(experiment); // refuse before a machine is opened
    return new ZeroLossNetwork(experiment, dataset, await Machine.open({ threads }));
  }

  private setExamples({ tokens, labels, answers, split }: Dataset, labelShape: readonly number[]): void {
    const columns = Object.fromEntries(
      tokens.map((values, i) => [`token${i}`, Int32Array.from(split.train, (example) => values[example])]),
    );
    const label = new Int32Array(split.train.length * answers);
    for (const [i, example] of split.train.entries())
      label.set(labels.subarray(example * answers, (example + 1) * answers), i * answers);
    this.machine.setColumns({ ...columns, label }, split.train.length, { label: labelShape });
  }

  /** Ends the machine's other threads. */
  close(): Promise<void> {
    return this.machine.close();
  }

  /** θ as one vector, from tensors by the names of the model: weights of a training in any number format. */
  vectorOf(tensors: ReadonlyMap<string, Tensor>): Float64Array {
    const theta = new Float64Array(this.columns);
    let at = 0;
    for (const w of this.parameters) {
      const tensor = tensors.get(parameterName(w));
      if (tensor === undefined || tensor.values.length !== sizeOf(w)) {
        throw new TheoryError(
          `theory: the weights have no tensor ${parameterName(w)} of ${sizeOf(w)} numbers; they belong to another model`,
        );
      }
      theta.set(tensor.values, at);
      at += sizeOf(w);
    }
    return theta;
  }

  /** Sets the weights. */
  set(theta: Float64Array): void {
    writeVector(this.machine, this.parameters, theta);
  }

  /** The mean loss at the weights as they are, without decay. */
  loss(): number {
    this.lossProgram ??= this.machine.compile({ outputs: { loss: this.meanLoss } });
    this.lossProgram.run(this.examples);
    return this.lossProgram.scalar('loss');
  }

  /** F(θ), [rows]: example after example. */
  values(): Float64Array {
    return this.outputs.values();
  }

  times(v: Float64Array): Float64Array {
    return this.outputs.times(v);
  }

  transposeTimes(u: Float64Array): Float64Array {
    return this.outputs.transposeTimes(u);
  }

  /** J, [rows, columns]. */
  jacobian(): Float64Array {
    return this.outputs.jacobian();
  }
}

/**
 * What the model's relus take, one after the other; undefined for smooth activations. Of the last block of a transformer only the
 * positions that are read, which are its last: what happens at others holds nothing.
 */
function beforeRelus({ activations }: Forward, { model }: Experiment, answers: number): Expr | undefined {
  if (model.activation !== 'relu') return undefined;
  const names = Object.keys(activations).filter((name) => /(^hidden_pre|\.pre|mlp\.hook_pre)$/.test(name));
  const flat = names.map((name, i) => {
    const value = activations[name] as Expr;
    if (value.shape.length === 1) return value;
    const positions = value.shape[0] as number;
    const last = i === names.length - 1;
    const read = last ? slice(value, 0, positions - answers, positions) : value;
    return reshape(read, [sizeOf(read)]);
  });
  return flat.length < 2 ? flat[0] : concat(flat, 0);
}
