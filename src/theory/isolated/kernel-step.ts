/**
 * The isolated dynamics of a two-layer network in the engine's kernels: with H = σ(XW₁) and B = (HHᵀ + λI)⁻¹Y the best last
 * layer is W₂ = HᵀB, and Ẇ₁ = Xᵀ[(BBᵀH) ⊙ σ′(XW₁)] − W₁ (Musat, arXiv:2511.01938). One triangle of HHᵀ, one Cholesky
 * factorisation, one solution with a right-hand side for each class, and BBᵀH as B·W₂ᵀ, masked and added to the rows of W₁.
 */

import type { Expr } from '../../engine/index.ts';
import {
  add,
  countOperations,
  einsum,
  greater,
  input,
  Machine,
  mul,
  type Program,
  parameter,
  predictBytes,
  reshape,
  select,
  slice,
  square,
  sub,
  sum,
} from '../../engine/index.ts';
import {
  factorOfTriangle,
  fromGroups,
  gramOfTurned,
  groupedShape,
  pivots,
  refuseIndefinite,
  scatterProducts,
  solveFactored,
  sumRows,
  toGroups,
  turnGroups,
} from '../../engine/linear-algebra/index.ts';

/** What the dynamics is about. */
export interface IsolatedEquations {
  readonly train: {
    /** [count, terms]: rows of W₁ whose sum is an example's hidden pre-activation. */
    readonly rows: Int32Array;
    /** [count], 0 … classes − 1. */
    readonly labels: Int32Array;
    readonly count: number;
  };
  readonly terms: number;
  /** Rows of W₁. */
  readonly inputs: number;
  readonly width: number;
  readonly classes: number;
  readonly activation: 'relu' | 'quadratic';
  /** λ of 𝓛 + λ‖θ‖²; 0 is the limit λ → 0. */
  readonly ridge: number;
}

/** The machine of a step. */
export interface KernelStepOptions {
  /** Threads to compute on; the bits do not depend on it. */
  readonly threads?: number;
  readonly onNotice?: (sentence: string) => void;
}

const OUTPUTS = ['squares', 'trace', 'failed'] as const;
const FAILED = OUTPUTS.indexOf('failed');
/** Ridges that are tried for an error: rounding is lifted after few of them. */
const MOST_TRIES = 30;

/** The step of a problem on a machine of its own; `close` it when it is done with. */
export class KernelStep<Problem extends IsolatedEquations = IsolatedEquations> {
  readonly problem: Problem;
  /** Floating-point operations of a step, two for each multiply-add. */
  readonly flops: number;
  private readonly machine: Machine;
  private readonly program: Program;
  private readonly w: Expr;
  private readonly grouped: Float64Array;
  private readonly lastGrouped: Float64Array;
  private readonly scalars = new Float64Array(OUTPUTS.length);

  private constructor(problem: Problem, machine: Machine) {
    const { inputs, width, classes } = problem;
    this.problem = problem;
    this.machine = machine;
    const { w, index, y, graph } = equationsOf(problem);
    machine.setParameter(index, problem.train.rows);
    machine.setParameter(y, answersOf(problem));
    this.w = w;
    this.flops = flopsOf(graph);
    this.program = machine.compile(graph);
    const size = ([a, b, c]: readonly [number, number, number]): number => a * b * c;
    this.grouped = new Float64Array(size(groupedShape(inputs, width, 'f64')));
    this.lastGrouped = new Float64Array(size(groupedShape(classes, width, 'f64')));
  }

  /** @throws EngineError where an index or label does not exist, or the host cannot run the kernels */
  static async open<Problem extends IsolatedEquations>(
    problem: Problem,
    options: KernelStepOptions = {},
  ): Promise<KernelStep<Problem>> {
    check(problem);
    return new KernelStep(problem, await Machine.open(options));
  }

  /** Which build of the kernels runs; the bits do not depend on it. */
  get mode(): Machine['mode'] {
    return this.machine.mode;
  }

  /** Threads at work. */
  get threads(): number {
    return this.machine.threads;
  }

  /** Puts the point W₁ [inputs, width], row-major, into the machine. */
  setWeights(weights: Float64Array): void {
    toGroups(weights, this.problem.inputs, this.problem.width, this.grouped);
    this.machine.setParameter(this.w, this.grouped);
  }

  /** Writes the point the machine is at. */
  readWeights(into: Float64Array): void {
    fromGroups(this.machine.getParameter(this.w), this.problem.inputs, this.problem.width, into);
  }

  /**
   * Moves the point by η times the velocity there, within the machine.
   * @returns R/λ = ‖W₁‖² + tr YᵀB before it (in the limit ‖W₁‖² + ‖W₂‖²)
   * @throws EngineError where HHᵀ + λI is not positive definite; the point stays where it was
   */
  advance(eta: number): number {
    return this.run(eta);
  }

  /**
   * Writes dW₁/dτ at a point.
   * @returns R/λ there
   * @throws EngineError where HHᵀ + λI is not positive definite
   */
  velocity(weights: Float64Array, out: Float64Array): number {
    this.setWeights(weights);
    const value = this.run(0);
    this.program.readInto('velocity', this.grouped);
    fromGroups(this.grouped, this.problem.inputs, this.problem.width, out);
    return value;
  }

  /** W₂ [width, classes] at a point: the ridge solution, in the limit the one of least norm. */
  readOut(weights: Float64Array): Float64Array {
    const { classes, width } = this.problem;
    this.setWeights(weights);
    this.run(0);
    this.program.readInto('last', this.lastGrouped);
    const byClass = new Float64Array(classes * width);
    fromGroups(this.lastGrouped, classes, width, byClass);
    return Float64Array.from(
      byClass,
      (_, at) => byClass[(at % classes) * width + Math.floor(at / classes)] as number,
    );
  }

  /** Bytes that a machine needs for it, before one is opened. */
  static predictedBytes(problem: IsolatedEquations, threads = 1): number {
    return predictBytes(equationsOf(problem).graph, 0, threads);
  }

  /** FLOPs of a step, two for each multiply-add, before a machine is opened. */
  static predictedFlops(problem: IsolatedEquations): number {
    return flopsOf(equationsOf(problem).graph);
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.machine.close();
  }

  private run(eta: number): number {
    const { program, scalars, problem } = this;
    program.setSetting('eta', eta);
    program.setSetting('ridge', problem.ridge);
    program.run();
    program.readScalars(OUTPUTS, scalars);
    // By number: taking an array apart would make objects.
    if (scalars[FAILED] !== 0) this.refuse();
    return (scalars[0] as number) + (scalars[1] as number);
  }

  /** Says which pivot failed, and a ridge with which it does not: found by trial, as the point is still there. */
  private refuse(): never {
    const { program, problem, scalars } = this;
    const state = program.value('pivots');
    const { count } = problem.train;
    let enough = Math.max(problem.ridge, count * Number.EPSILON * (state[2] as number));
    program.setSetting('eta', 0);
    for (let tries = 0; tries < MOST_TRIES && scalars[FAILED] !== 0; tries++) {
      enough *= 4;
      program.setSetting('ridge', enough);
      program.run();
      program.readScalars(OUTPUTS, scalars);
    }
    const ridge = problem.ridge > 0 ? { ridge: problem.ridge } : {};
    refuseIndefinite(state, { matrix: 'HHᵀ', n: count, option: 'a ridge λ of', enough, ...ridge });
    throw new Error('internal: a pivot failed that did not');
  }
}

function setting(name: string): Expr {
  return input(name, [], 'f64', { examples: false });
}

/** The step as a graph over W₁ in groups of hidden units. */
function equationsOf(problem: IsolatedEquations) {
  const { train, terms, inputs, width, classes, activation } = problem;
  const { count } = train;
  const w = parameter('W₁', groupedShape(inputs, width, 'f64'), 'f64');
  const index = parameter('rows', [count, terms], 'i32');
  const y = parameter('Y', [count, classes], 'f64');

  const rectified = activation === 'relu';
  const sums = sumRows(w, index, rectified);
  const h = rectified ? sums : square(sums);
  const factor = factorOfTriangle(gramOfTurned(turnGroups(h), count), count, setting('ridge'));
  const b = solveFactored(factor, y);
  const last = einsum('ic,gij->gcj', b, slice(h, 1, 0, count));
  const pulled = scatterProducts({
    a: b,
    b: last,
    gate: rectified ? h : mul(sums, 2),
    gating: rectified ? 'keep' : 'scale',
    index,
    rows: inputs,
  });
  const velocity = sub(pulled, w);
  const state = pivots(factor);
  const failed = reshape(slice(state, 0, 0, 1), []);
  const moved = select(greater(failed, 0), w, add(w, mul(setting('eta'), velocity)));
  const outputs = { velocity, last, pivots: state, failed, squares: sum(square(w)), trace: sum(mul(y, b)) };
  return { w, index, y, graph: { outputs, updates: [[w, moved]] as const } };
}

function flopsOf({ outputs, updates }: ReturnType<typeof equationsOf>['graph']): number {
  return countOperations([...Object.values(outputs), ...updates.flat()], 0);
}

/** Y, one-hot [count, classes]. */
function answersOf({ train, classes }: IsolatedEquations): Float64Array {
  const oneHot = new Float64Array(train.count * classes);
  for (const [i, label] of train.labels.entries()) oneHot[i * classes + label] = 1;
  return oneHot;
}

function check({ train, terms, inputs, classes }: IsolatedEquations): void {
  const named = (what: string, values: Int32Array, length: number, bound: number): void => {
    if (values.length !== length)
      throw new RangeError(`${what} needs ${length} numbers, got ${values.length}`);
    const wrong = values.find((value) => !(value >= 0 && value < bound));
    if (wrong !== undefined) throw new RangeError(`${what} must lie in 0 … ${bound - 1}, got ${wrong}`);
  };
  named('train.rows', train.rows, train.count * terms, inputs);
  named('train.labels', train.labels, train.count, classes);
}
