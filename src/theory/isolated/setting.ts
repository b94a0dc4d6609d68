/** The two-layer network that an experiment's isolated dynamics is about: its own where it is one, else the paper's on its task. */

import type { Experiment } from '../../config/index.ts';
import { isPrime, neighbouringPrimes, smallestFactor } from '../../config/primes.ts';
import { linearDefault, normal } from '../../models/initializers.ts';
import type { Dataset } from '../../tasks/index.ts';
import { TheoryError } from '../refusal.ts';
import { type IsolatedActivation, type IsolatedProblem, isolatedProblem } from './problem.ts';

/** A problem with its initial weights. */
export interface IsolatedSetting {
  readonly problem: IsolatedProblem;
  /** [inputs, width], a new copy at each call. */
  initialWeights(): Float64Array;
  /** The prime that tokens are residues of; absent where they are none. */
  readonly modulus: number | undefined;
}

/** What an experiment does not say. */
export interface SettingOptions {
  readonly ridge: number;
  /** Takes a wider hidden layer where the limit form needs one, instead of refusing. */
  readonly widen?: boolean;
  /** Without circles a modulus need not be prime. */
  readonly circles?: boolean;
}

/** Widths are multiples of this where they are chosen here: 492 examples get the 512 units of the paper. */
const WIDTH_GRAIN = 64;

/**
 * The two-layer network of an experiment, or the paper's on its task.
 * @throws TheoryError for a network or task that has no isolated dynamics of this form
 */
export function isolatedSetting(
  experiment: Experiment,
  dataset: Dataset,
  { ridge, widen = false, circles = true }: SettingOptions,
): IsolatedSetting {
  const { model, seed } = experiment;
  const twoLayer = model.type === 'two_layer' && model.input !== 'signs' ? model : undefined;
  const input =
    twoLayer?.input === 'sum' || (twoLayer === undefined && sumsTellApart(dataset)) ? 'sum' : 'concat';
  const enough = (Math.floor(dataset.split.train.length / WIDTH_GRAIN) + 1) * WIDTH_GRAIN;
  const own = twoLayer?.hidden_dim ?? enough;
  const width = widen && ridge === 0 ? Math.max(own, enough) : own;
  const activation = twoLayer === undefined ? 'relu' : activationOf(twoLayer.activation);
  const problem = isolatedProblem(dataset, { width, input, activation, ridge });
  const { inputs } = problem;
  const initializer = {
    // The paper's: entries of variance 1/p.
    default: normal(1 / Math.sqrt(dataset.vocabulary)),
    normal: normal(model.init.std ?? 1 / Math.sqrt(dataset.vocabulary)),
    uniform: linearDefault(inputs),
    analytic: undefined,
  }[model.init.type];
  if (initializer === undefined) {
    throw new TheoryError(
      'model.init.type analytic is a solution already and leaves nothing to simulate; choose default, normal or uniform',
    );
  }
  return {
    problem,
    initialWeights: () => initializer(seed, 'W_1', [inputs, width]),
    modulus: circles ? primeModulus(dataset) : undefined,
  };
}

function activationOf(name: string): IsolatedActivation {
  if (name === 'relu' || name === 'quadratic') return name;
  throw new TheoryError(
    `the closed form is written for model.activation relu or quadratic, got ${name}; choose one, or isolate W_1 by the general form (--isolate W_1)`,
  );
}

/** Whether no two train examples are sums of the same one-hots. */
function sumsTellApart({ tokens, split, vocabulary }: Dataset): boolean {
  const sums = Array.from(split.train, (example) => {
    const [a, ...others] = tokens.map((column) => column[example] as number).sort((x, y) => x - y);
    return others.reduce((key, token) => key * vocabulary + token, a);
  });
  return new Set(sums).size === sums.length;
}

/** Whether the tokens of a task are residues modulo a prime of at least 5. */
export function hasFrequencies({ structure }: Dataset): boolean {
  return structure.kind === 'cyclic' && structure.modulus >= 5 && isPrime(structure.modulus);
}

/**
 * The prime that tokens are residues of; undefined where they are none.
 * @throws TheoryError for residues modulo another number
 */
export function primeModulus(dataset: Dataset): number | undefined {
  const { structure } = dataset;
  if (structure.kind !== 'cyclic') return undefined;
  const { modulus } = structure;
  if (hasFrequencies(dataset)) return modulus;
  const factor = smallestFactor(modulus);
  const why = isPrime(modulus)
    ? 'has a single frequency'
    : `= ${factor}·${modulus / factor} has frequencies of shorter periods`;
  throw new TheoryError(
    `dataset.N must be a prime of at least 5 for the Fourier norms and angles, got ${modulus}, which ${why}; ` +
      `the nearest primes are ${neighbouringPrimes(Math.max(modulus, 6)).join(' and ')}, or leave them out with --no-fourier`,
  );
}
