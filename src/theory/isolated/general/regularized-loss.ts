/** 𝓛_λ(θ₁, θ₂) = Σ‖f(θ, xᵢ) − yᵢ‖² + λ‖θ‖² of any network on the engine in f64: values, gradients and Hessian products by part. */

import type { Experiment } from '../../../config/index.ts';
import {
  add,
  type Expr,
  economize,
  gradient,
  hvp,
  input,
  type Machine,
  mul,
  oneHot,
  type Program,
  parameter,
  square,
  sub,
  sum,
  sumExamples,
} from '../../../engine/index.ts';
import { buildModel, type Model } from '../../../models/index.ts';
import type { Dataset } from '../../../tasks/index.ts';
import { squaredNorm } from '../../../training/objective.ts';
import { parameterName } from '../../../training/optimizers/parameter_name.ts';
import { TheoryError } from '../../refusal.ts';
import type { Fit } from '../observation.ts';

/** Which of the two parts of the parameters. */
export type Part = 'moving' | 'solved';

const other = (part: Part): Part => (part === 'moving' ? 'solved' : 'moving');

/** Parameters of a part, laid one after the other in a vector. */
interface Group {
  readonly parameters: readonly Expr[];
  readonly directions: readonly Expr[];
  readonly size: number;
}

/** A network's regularised loss on its train examples, on a machine of its own. */
export class RegularizedLoss {
  readonly model: Model;
  readonly ridge: number;
  private readonly machine: Machine;
  private readonly dataset: Dataset;
  private readonly groups: Readonly<Record<Part, Group>>;
  private readonly first: Program;
  private readonly second: Program;
  private readonly logits: Program;
  private readonly seed: number;

  /**
   * @param names parameters that move; the others are solved
   * @throws TheoryError for names the model does not have, and where nothing moves or nothing is solved
   */
  constructor(
    experiment: Experiment,
    dataset: Dataset,
    names: readonly string[],
    ridge: number,
    machine: Machine,
  ) {
    const { vocabulary, classes, answers } = dataset;
    if (answers !== 1)
      throw new TheoryError(
        `the isolated dynamics needs one answer an example, got ${answers}; choose a task like modular`,
      );
    const data = { vocabulary, classes, answers, operands: dataset.tokens.length };
    const model = buildModel(experiment.model, data, 'f64');
    this.groups = partsOf(model, names);
    this.model = model;
    this.ridge = ridge;
    this.machine = machine;
    this.dataset = dataset;
    this.seed = experiment.seed;
    const tokens = dataset.tokens.map((_, i) => input(`token${i}`, [], 'i32', { examples: true }));
    const label = input('label', [], 'i32', { examples: true });
    const columns = Object.fromEntries(dataset.tokens.map((values, i) => [`token${i}`, values]));
    machine.setColumns({ ...columns, label: dataset.labels }, dataset.size);
    const count = dataset.split.train.length;
    const [logits] = economize([model.forward(tokens, 'eval').logits], count) as [Expr];
    const error = sumExamples(sum(square(sub(logits, oneHot(label, classes, 'f64')))));
    const loss = add(error, mul(squaredNorm(model.parameters), ridge));
    const { moving, solved } = this.groups;
    const all = [...moving.parameters, ...solved.parameters];
    const directions = [...moving.directions, ...solved.directions];
    const named = (values: readonly Expr[]) =>
      Object.fromEntries(values.map((value, i) => [`part${i}`, value]));
    this.first = machine.compile(
      { outputs: { loss, ...named(gradient(loss, all)) } },
      { mostExamples: count },
    );
    this.second = machine.compile({ outputs: named(hvp(loss, all, directions)) }, { mostExamples: count });
    this.logits = machine.compile({ outputs: {}, perExample: { logits } });
    for (const direction of directions) this.set(direction, new Float64Array(sizeOf(direction)));
  }

  /** In the order in which their values stand in a vector of part `moving`. */
  get movingParameters(): readonly Expr[] {
    return this.groups.moving.parameters;
  }

  sizeOf(part: Part): number {
    return this.groups[part].size;
  }

  /** Initial values of a part. */
  initial(part: Part): Float64Array {
    const values = this.model.initial(this.seed);
    return joined(
      this.groups[part].parameters.map((node) => values.get(parameterName(node)) as Float64Array),
    );
  }

  /** Puts values into a part of the network. */
  place(part: Part, values: Float64Array): void {
    this.spread(this.groups[part].parameters, values);
  }

  /** 𝓛_λ at the weights as they are placed, with its gradient by each part. */
  value(): { loss: number; moving: Float64Array; solved: Float64Array } {
    this.first.run(this.dataset.split.train);
    const { moving, solved } = this.groups;
    const gradients = this.read(this.first, moving.parameters.length + solved.parameters.length);
    return {
      loss: this.first.scalar('loss'),
      moving: joined(gradients.slice(0, moving.parameters.length)),
      solved: joined(gradients.slice(moving.parameters.length)),
    };
  }

  /** The Hessian times a vector of one part (zeros in the other), the rows of part `rows`. */
  product(part: Part, v: Float64Array, rows: Part): Float64Array {
    this.spread(this.groups[part].directions, v);
    this.spread(this.groups[other(part)].directions, new Float64Array(this.groups[other(part)].size));
    this.second.run(this.dataset.split.train);
    const { moving, solved } = this.groups;
    const products = this.read(this.second, moving.parameters.length + solved.parameters.length);
    const at = moving.parameters.length;
    return joined(rows === 'moving' ? products.slice(0, at) : products.slice(at));
  }

  /** Loss and accuracy of examples at the weights as they are placed. */
  fit(examples: Int32Array): Fit {
    this.logits.run(examples);
    const { classes, labels } = this.dataset;
    const values = this.logits.value('logits');
    let squares = 0;
    let right = 0;
    for (const [i, example] of examples.entries()) {
      let largest = 0;
      for (let c = 0; c < classes; c++) {
        const z = values[i * classes + c];
        if (z > values[i * classes + largest]) largest = c;
        squares += (z - (c === labels[example] ? 1 : 0)) ** 2;
      }
      if (largest === labels[example]) right++;
    }
    return { loss: squares / (examples.length * classes), accuracy: right / examples.length };
  }

  private read(program: Program, count: number): Float64Array[] {
    return Array.from({ length: count }, (_, i) => Float64Array.from(program.value(`part${i}`)));
  }

  private spread(nodes: readonly Expr[], values: Float64Array): void {
    let at = 0;
    for (const node of nodes) {
      const size = sizeOf(node);
      this.set(node, values.subarray(at, at + size));
      at += size;
    }
  }

  private set(node: Expr, values: Float64Array): void {
    this.machine.setParameter(node, values);
  }
}

function partsOf(model: Model, names: readonly string[]): Record<Part, Group> {
  const known = model.parameters.map(parameterName);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TheoryError(`this network has no parameter ${unknown} to isolate; it has ${known.join(', ')}`);
  }
  const chosen = (moves: boolean) =>
    model.parameters.filter((node) => names.includes(parameterName(node)) === moves);
  if (chosen(true).length === 0 || chosen(false).length === 0) {
    throw new TheoryError(
      `some parameters have to move and some to be solved, got ${names.join(', ') || 'none'} to move of ${known.join(', ')}; name a part of them`,
    );
  }
  const group = (nodes: readonly Expr[]): Group => ({
    parameters: nodes,
    directions: nodes.map((node) => parameter(`direction of ${parameterName(node)}`, node.shape, 'f64')),
    size: nodes.reduce((total, node) => total + sizeOf(node), 0),
  });
  return { moving: group(chosen(true)), solved: group(chosen(false)) };
}

function sizeOf(node: Expr): number {
  return node.shape.reduce((a, b) => a * b, 1);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}
