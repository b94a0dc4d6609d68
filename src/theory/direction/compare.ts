/**
 * One point of the comparison: the update that training made, against g̃ = (I − J⁺J)(−θ), the direction in which ‖θ‖ falls fastest
 * while the outputs stay as they are (Musat 2511.01938, fig. 5). θ are the weights as trained, J is taken at zero loss nearby.
 */

import { TheoryError } from '../refusal.ts';
import { cosine, norm } from '../vectors.ts';
import { Approach, PAPER_APPROACH } from '../zero-loss/approach.ts';
import type { Differentiated } from '../zero-loss/differentiated.ts';
import { gramProgram } from '../zero-loss/gram.ts';
import {
  exactProjection,
  iterativeProjection,
  type KernelProjection,
} from '../zero-loss/kernel-projection.ts';
import { Kinks } from '../zero-loss/kinks.ts';
import type { ZeroLossNetwork } from '../zero-loss/network.ts';
import { MOST_EXACT_NUMBERS, MOST_EXACT_ROWS, type ResolvedDirection } from './options.ts';

/** What one comparison found. */
export interface ComparedDirection {
  /** cos(Δθ, g̃); NaN where one of them is 0. */
  readonly cosine: number;
  /** cos(Δθ, −θ), θ as trained: what the projection adds to. */
  readonly decayCosine: number;
  /** ‖(I − J⁺J)Δθ‖/‖Δθ‖: the part of the update along the tangent space, which bounds |cos(Δθ, g̃)|. */
  readonly tangentShare: number;
  /**
   * The cosine once relus that changed sides within the window are held at their kinks too, with the network as trained: −θ projected
   * onto what is left. NaN for smooth networks, and where conjugate gradients come to no end.
   */
  readonly kinkCosine: number;
  /** Pairs of a train example and a relu that changed sides within the window. */
  readonly kinks: number;
  /** ‖Δθ‖ */
  readonly updateNorm: number;
  /** ‖θ‖, as trained. */
  readonly weightNorm: number;
  /** ‖g̃‖ */
  readonly tangentNorm: number;
  /** Mean loss on train examples, without decay, as trained. */
  readonly trainLoss: number;
  /** The same at the point where J was taken. */
  readonly pointLoss: number;
  /** Whether that is near enough to 0 for ker J to be tangent to the zero-loss set; false where a loss has none. */
  readonly reachedZeroLoss: boolean;
  /** Of J by the stated tolerance; null by conjugate gradients. */
  readonly rank: number | null;
  /** ‖J g̃‖/‖J θ‖: 0 in exact arithmetic. */
  readonly residual: number;
  /** Of conjugate gradients for g̃; 0 by factorisation. */
  readonly iterations: number;
}

/**
 * Zero loss counts as reached below this share of what the answer 0 everywhere loses: outputs are then right to three hundredths
 * of a label. In the reference setting 100 momentum steps bring 4e-3 from the initial weights, 4e-5 after 1,000 steps.
 */
const NEAR_ZERO = 1e-3;

/** Of conjugate gradients with kinks held: enough for a cosine of three digits. */
const KINK_TOLERANCE = 1e-5;

/** Compares updates with the theory's direction at the weights they end in. */
export class DirectionComparison {
  readonly network: ZeroLossNetwork;
  readonly method: 'exact' | 'cg';
  private readonly options: ResolvedDirection;
  private readonly approach: Approach | undefined;
  private before: Float64Array = new Float64Array(0);
  private kinks: Kinks | undefined;
  private gram: ((J: Float64Array) => Float64Array) | undefined;

  /** @throws TheoryError when J is too large for the method asked for */
  constructor(network: ZeroLossNetwork, options: ResolvedDirection) {
    this.network = network;
    this.options = options;
    this.method = methodFor(network, options);
    const { approachSteps: steps, approachRate: learningRate } = options;
    this.approach =
      steps === 0 ? undefined : new Approach(network, { ...PAPER_APPROACH, steps, learningRate });
  }

  /** Allowed for each projection by conjugate gradients. */
  get mostIterations(): number {
    return this.options.mostIterations;
  }

  /** Of relus whose changes of side are looked for and held by a further projection; undefined where none are. */
  get preActivations(): Differentiated | undefined {
    return this.options.kinks ? this.network.preActivations : undefined;
  }

  /** Begins an update at these weights [columns]. */
  begin(theta: Float64Array): void {
    const { network } = this;
    this.before = theta;
    network.set(theta);
    const pre = this.preActivations;
    this.kinks = pre && new Kinks(network, pre);
  }

  /** Takes in weights on the way. */
  watch(theta: Float64Array): void {
    if (this.kinks === undefined) return;
    this.network.set(theta);
    this.kinks.watch();
  }

  /**
   * Ends the update.
   * @param after its last weights, which were watched
   * @throws TheoryError when the approach to zero loss goes wrong
   */
  compare(after: Float64Array): ComparedDirection {
    const { network, before, kinks } = this;
    network.set(after);
    const trainLoss = network.loss();
    const update = after.map((weight, i) => weight - before[i]);
    const decay = after.map((weight) => -weight);
    const kinkCosine = kinks === undefined ? Number.NaN : cosineWithKinks(kinks, update, decay, this.options);
    const pointLoss = this.approach?.run() ?? trainLoss;
    // J is that of the point of zero loss; what is projected are the weights as trained.
    const projection = this.projection();
    const g = projection.project(decay);
    const along = projection.project(update).vector;
    const updateNorm = norm(update);
    return {
      cosine: cosine(update, g.vector),
      decayCosine: cosine(update, decay),
      tangentShare: norm(along) / updateNorm,
      kinkCosine,
      kinks: kinks?.count ?? 0,
      updateNorm,
      weightNorm: norm(after),
      tangentNorm: norm(g.vector),
      trainLoss,
      pointLoss,
      reachedZeroLoss: network.held.zeroLoss && pointLoss <= NEAR_ZERO * network.lossOfZero,
      rank: projection.rank,
      residual: g.residual,
      iterations: g.iterations,
    };
  }

  /** Of J at the network's weights as they are. */
  private projection(): KernelProjection {
    const { network } = this;
    if (this.method === 'cg') return iterativeProjection(network, this.options);
    this.gram ??= gramProgram(network.machine, network.rows, network.columns);
    return exactProjection(network, this.gram(network.jacobian()));
  }
}

function cosineWithKinks(
  kinks: Kinks,
  update: Float64Array,
  decay: Float64Array,
  { mostIterations }: ResolvedDirection,
): number {
  const limits = { tolerance: KINK_TOLERANCE, mostIterations };
  const { vector, residual } = iterativeProjection(kinks.held(), limits).project(decay);
  return residual <= 100 * KINK_TOLERANCE ? cosine(update, vector) : Number.NaN;
}

function methodFor({ rows, columns }: ZeroLossNetwork, { method }: ResolvedDirection): 'exact' | 'cg' {
  const small = rows <= MOST_EXACT_ROWS && rows * columns <= MOST_EXACT_NUMBERS;
  if (method === 'auto') return small ? 'exact' : 'cg';
  if (method === 'exact' && !small) {
    throw new TheoryError(
      `method exact: J has ${rows} rows of ${columns} numbers, which is more than is factorised (${MOST_EXACT_ROWS} rows, ` +
        `${MOST_EXACT_NUMBERS} numbers); use method cg`,
    );
  }
  return method;
}
