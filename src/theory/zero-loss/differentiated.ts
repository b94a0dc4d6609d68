/**
 * Values of a network on its train examples, and products with their Jacobian J = ∂F/∂θ without J itself: J v by forward, Jᵀu by
 * reverse differentiation.
 */

import {
  broadcastExamples,
  type Expr,
  input,
  jvp,
  type Machine,
  type Program,
  parameter,
  vjp,
} from '../../engine/index.ts';
import { parameterName } from '../../training/optimizers/parameter_name.ts';

/** A linear map known by its products: v ↦ J v and u ↦ Jᵀu. */
export interface LinearMap {
  /** Length of J v. */
  readonly rows: number;
  /** Length of v. */
  readonly columns: number;
  times(v: Float64Array): Float64Array;
  transposeTimes(u: Float64Array): Float64Array;
}

/** Numbers of a value, or of a value of one example. */
export function sizeOf({ shape }: Expr): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Writes a vector into parameters, one after the other. */
export function writeVector(machine: Machine, nodes: readonly Expr[], values: Float64Array): void {
  let at = 0;
  for (const node of nodes) {
    machine.setParameter(node, values.subarray(at, at + sizeOf(node)));
    at += sizeOf(node);
  }
}

export class Differentiated implements LinearMap {
  readonly rows: number;
  readonly columns: number;
  private readonly machine: Machine;
  private readonly name: string;
  private readonly value: Expr;
  private readonly parameters: readonly Expr[];
  private readonly examples: Int32Array;
  private readonly tangents: readonly Expr[];
  private readonly programs = new Map<string, Program>();

  /**
   * @param name of the value on its machine
   * @param value per example, f64
   * @param parameters f64; θ is their values one after the other
   */
  constructor(
    machine: Machine,
    name: string,
    value: Expr,
    parameters: readonly Expr[],
    examples: Int32Array,
  ) {
    this.machine = machine;
    this.name = name;
    this.value = value;
    this.parameters = parameters;
    this.examples = examples;
    this.rows = examples.length * sizeOf(value);
    this.columns = parameters.reduce((total, w) => total + sizeOf(w), 0);
    this.tangents = parameters.map((w) => parameter(`tangent.${parameterName(w)}`, w.shape, 'f64'));
  }

  private program(name: string, make: () => Program): Program {
    const known = this.programs.get(name) ?? make();
    this.programs.set(name, known);
    return known;
  }

  /** F(θ), [rows]: example after example. */
  values(): Float64Array {
    const program = this.program('values', () =>
      this.machine.compile({ outputs: {}, perExample: { values: this.value } }),
    );
    program.run(this.examples);
    return program.value('values') as Float64Array;
  }

  /** J v, [rows]: how F moves with θ along v. */
  times(v: Float64Array): Float64Array {
    writeVector(this.machine, this.tangents, v);
    const program = this.program('jvp', () => {
      const moved = jvp(this.value, this.parameters, this.tangents);
      return this.machine.compile({ outputs: {}, perExample: { moved } });
    });
    program.run(this.examples);
    return program.value('moved') as Float64Array;
  }

  /** Jᵀu, [columns]: the gradient of ⟨u, F⟩. */
  transposeTimes(u: Float64Array): Float64Array {
    const { shape } = this.value;
    const column = `${this.name}.cotangent`;
    this.machine.setColumns({ [column]: u }, this.examples.length, { [column]: shape });
    const program = this.program('vjp', () => {
      const cotangent = input(column, shape, 'f64', { examples: true });
      return this.compileGradients(cotangent, this.examples.length);
    });
    program.run(this.examples);
    return this.gradients(program, new Float64Array(this.columns), 0);
  }

  /** J, [rows, columns] row by row: a reverse pass for each number of each example. */
  jacobian(): Float64Array {
    const size = sizeOf(this.value);
    const setting = `${this.name}.unit`;
    const program = this.program('row', () => {
      const unit = input(setting, this.value.shape, 'f64', { examples: false });
      return this.compileGradients(broadcastExamples(unit), 1);
    });
    const J = new Float64Array(this.rows * this.columns);
    const unit = new Float64Array(size);
    for (let number = 0; number < size; number++) {
      unit.fill(0);
      unit[number] = 1;
      program.setSetting(setting, unit);
      for (const [i, example] of this.examples.entries()) {
        program.run(Int32Array.of(example));
        this.gradients(program, J, (i * size + number) * this.columns);
      }
    }
    return J;
  }

  private compileGradients(cotangent: Expr, mostExamples: number): Program {
    const gradients = vjp(this.value, cotangent, this.parameters);
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
