/**
 * The network of an experiment as theory sees it: in double precision, on its train examples, with θ as one vector. It computes
 * F(θ) and products with its Jacobian J = ∂F/∂θ, and never J itself: J v by forward, Jᵀu by reverse differentiation.
 */

import type { Experiment } from '../../config/index.ts';
import {
  broadcastExamples,
  type Expr,
  economize,
  input,
  jvp,
  Machine,
  meanExamples,
  type Program,
  parameter,
  vjp,
} from '../../engine/index.ts';
import { buildModel } from '../../models/index.ts';
import type { Dataset } from '../../tasks/index.ts';
import { exampleLoss } from '../../training/losses/index.ts';
import { parameterName } from '../../training/optimizers/parameter_name.ts';
import type { Tensor } from '../../training/trainer.ts';
import { TheoryError } from '../refusal.ts';
import { type HeldOutputs, heldOutputs } from './held-outputs.ts';

/** A linear map known by its products: v ↦ J v and u ↦ Jᵀu. */
export interface LinearMap {
  /** Length of J v. */
  readonly rows: number;
  /** Length of v. */
  readonly columns: number;
  times(v: Float64Array): Float64Array;
  transposeTimes(u: Float64Array): Float64Array;
}

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
  private readonly outputs: Expr;
  private readonly tangents: readonly Expr[];
  private readonly programs = new Map<string, Program>();

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
    const [logits] = economize([model.forward(tokens, 'eval').logits], chosen.length) as [Expr];
    this.outputs = this.held.of(logits);
    const options = { ...experiment.train, log_softmax_dtype: 'f64' as const };
    this.meanLoss = meanExamples(exampleLoss(logits, label, options));
    this.parameters = model.parameters;
    this.tangents = this.parameters.map((w) => parameter(`tangent.${parameterName(w)}`, w.shape, 'f64'));
    this.lossOfZero = 1 / classes;
    this.rows = chosen.length * sizeOf(logits);
    this.columns = this.parameters.reduce((total, w) => total + sizeOf(w), 0);
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
    this.write(this.parameters, theta);
  }

  private write(nodes: readonly Expr[], values: Float64Array): void {
    let at = 0;
    for (const node of nodes) {
      this.machine.setParameter(node, values.subarray(at, at + sizeOf(node)));
      at += sizeOf(node);
    }
  }

  private program(name: string, make: () => Program): Program {
    const known = this.programs.get(name) ?? make();
    this.programs.set(name, known);
    return known;
  }

  /** The mean loss at the weights as they are, without decay. */
  loss(): number {
    const program = this.program('loss', () => this.machine.compile({ outputs: { loss: this.meanLoss } }));
    program.run(this.examples);
    return program.scalar('loss');
  }

  /** F(θ), [rows]: example after example. */
  values(): Float64Array {
    const program = this.program('values', () =>
      this.machine.compile({ outputs: {}, perExample: { values: this.outputs } }),
    );
    program.run(this.examples);
    return program.value('values') as Float64Array;
  }

  /** J v, [rows]: how F moves with θ along v. */
  times(v: Float64Array): Float64Array {
    this.write(this.tangents, v);
    const program = this.program('jvp', () => {
      const moved = jvp(this.outputs, this.parameters, this.tangents);
      return this.machine.compile({ outputs: {}, perExample: { moved } });
    });
    program.run(this.examples);
    return program.value('moved') as Float64Array;
  }

  /** Jᵀu, [columns]: the gradient of ⟨u, F⟩. */
  transposeTimes(u: Float64Array): Float64Array {
    const { shape } = this.outputs;
    this.machine.setColumns({ cotangent: u }, this.examples.length, { cotangent: shape });
    const program = this.program('vjp', () => {
      const cotangent = input('cotangent', shape, 'f64', { examples: true });
      return this.compileGradients(cotangent, this.examples.length);
    });
    program.run(this.examples);
    return this.gradients(program, new Float64Array(this.columns), 0);
  }

  /** J, [rows, columns] row by row: a reverse pass for each output of each example. */
  jacobian(): Float64Array {
    const { shape } = this.outputs;
    const size = sizeOf(this.outputs);
    const program = this.program('row', () => {
      const unit = input('unit', shape, 'f64', { examples: false });
      return this.compileGradients(broadcastExamples(unit), 1);
    });
    const J = new Float64Array(this.rows * this.columns);
    const unit = new Float64Array(size);
    for (let output = 0; output < size; output++) {
      unit.fill(0);
      unit[output] = 1;
      program.setSetting('unit', unit);
      for (const example of this.examples) {
        program.run(Int32Array.of(example));
        this.gradients(program, J, (example * size + output) * this.columns);
      }
    }
    return J;
  }

  private compileGradients(cotangent: Expr, mostExamples: number): Program {
    const gradients = vjp(this.outputs, cotangent, this.parameters);
    const outputs = Object.fromEntries(gradients.map((g, i) => [`g${i}`, g]));
    return this.machine.compile({ outputs }, { mostExamples });
  }

  private gradients(program: Program, into: Float64Array, at: number): Float64Array {
    let next = at;
    for (const [i, w] of this.parameters.entries()) {
      into.set(program.value(`g${i}`), next);
      next += sizeOf(w);
    }
    return into;
  }
}

function sizeOf({ shape }: Expr): number {
  return shape.reduce((size, length) => size * length, 1);
}
