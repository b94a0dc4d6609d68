/**
 * The spectrum of a function on an input group: how much of it lies in each eigenspace of the Laplacian of the group's Cayley
 * graph. On the torus, two cyclic factors, P_ij = Σ_c |FFT2(f_c)_ij|²/n² for every pair of complex characters, because a
 * function of a + b and one of a − b differ only there; on other products, the energy of every product of components.
 */

import type { Axis, InputGroup } from '../tasks/input-group/index.ts';
import { cycleCosine, pairedFrequencies } from '../tasks/input-group/index.ts';

/** The modes of a function on a group, row-major over `shape`. */
export interface Modes {
  /** Modes along each factor. */
  readonly shape: readonly number[];
  /** Eigenvalue of the normalised Laplacian of the product: the mean of those of the factors. */
  readonly eigenvalues: Float64Array;
  /** Basis functions that belong to a mode; 1 for every pair of complex characters. */
  readonly multiplicity: Float64Array;
  /** The modes of functions of the answer alone, without the constant; undefined where no such modes are known. */
  readonly answer: Int32Array | undefined;
  /** The frequency in Z_n of each mode in `answer`, for two cyclic factors; undefined elsewhere. */
  readonly frequencies: Int32Array | undefined;
}

/** Whether a group is a torus whose complex characters are told apart: two cycles of one length, 3 or more. */
export function isTorus({ axes }: Pick<InputGroup, 'axes'>): boolean {
  const [first, second, ...others] = axes;
  return others.length === 0 && second !== undefined && first === second && first.cyclic && first.order > 2;
}

/** The modes of functions on a group. */
export function modesOf(group: InputGroup): Modes {
  return isTorus(group) ? torusModes(group) : componentModes(group);
}

function torusModes({ axes, answer }: InputGroup): Modes {
  const n = (axes[0] as Axis).order;
  const eigenvalues = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) eigenvalues[i * n + j] = 1 - 0.5 * (cycleCosine(i, n) + cycleCosine(j, n));
  const frequencies = Int32Array.from({ length: n - 1 }, (_, at) => at + 1);
  const partner = (k: number): number => (answer === 'same' ? k : n - k);
  return {
    shape: [n, n],
    eigenvalues,
    multiplicity: new Float64Array(n * n).fill(1),
    answer: answer && frequencies.map((k) => k * n + partner(k)),
    frequencies: answer && frequencies,
  };
}

function componentModes({ axes, answer }: InputGroup): Modes {
  const shape = axes.map(({ eigenvalues }) => eigenvalues.length);
  const size = shape.reduce((a, b) => a * b, 1);
  const eigenvalues = new Float64Array(size);
  const multiplicity = new Float64Array(size).fill(1);
  let after = size;
  for (const axis of axes) {
    const components = axis.eigenvalues.length;
    after /= components;
    const dimensions = new Float64Array(components);
    for (const component of axis.component) dimensions[component]++;
    for (let mode = 0; mode < size; mode++) {
      const component = Math.floor(mode / after) % components;
      eigenvalues[mode] += axis.eigenvalues[component] as number;
      multiplicity[mode] *= dimensions[component] as number;
    }
  }
  for (let mode = 0; mode < size; mode++) eigenvalues[mode] /= axes.length;
  const side = shape[0] as number;
  const diagonal = answer && axes.length === 2 && axes[0] === axes[1];
  return {
    shape,
    eigenvalues,
    multiplicity,
    answer: diagonal ? Int32Array.from({ length: side - 1 }, (_, at) => (at + 1) * (side + 1)) : undefined,
    frequencies: undefined,
  };
}

/** What the engine computes of the coefficients, summed over the functions. */
export interface Energies {
  /** [elements]: squares of the coefficients of each product of basis functions. */
  readonly squares: ArrayLike<number>;
  /** On a torus, [m, m]: power of the characters (k, l) and (k, −l), 1 ≤ k, l ≤ m. */
  readonly same?: ArrayLike<number>;
  readonly opposite?: ArrayLike<number>;
}

/** Power by mode, whose sum is the sum of squares of the function. */
export function powerOf(group: InputGroup, energies: Energies): Float64Array {
  return isTorus(group)
    ? torusPower((group.axes[0] as Axis).order, energies)
    : componentPower(group, energies);
}

function componentPower({ axes }: InputGroup, { squares }: Energies): Float64Array {
  const shape = axes.map(({ eigenvalues }) => eigenvalues.length);
  const power = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const place = new Array<number>(axes.length).fill(0);
  for (let element = 0; element < squares.length; element++) {
    let rest = element;
    for (let i = axes.length - 1; i >= 0; i--) {
      const { order, component } = axes[i] as Axis;
      place[i] = component[rest % order] as number;
      rest = Math.floor(rest / order);
    }
    let mode = 0;
    for (let i = 0; i < axes.length; i++) mode = mode * (shape[i] as number) + (place[i] as number);
    power[mode] += squares[element] as number;
  }
  return power;
}

/**
 * Power of the complex characters from the real coefficients. A character that is real along one factor (k = 0, or n/2) has the
 * energy of its cosine and sine along the other shared equally between l and −l, since the function is real.
 */
function torusPower(n: number, { squares, same, opposite }: Energies): Float64Array {
  const m = pairedFrequencies(n);
  const power = new Float64Array(n * n);
  const square = (i: number, j: number): number => squares[i * n + j] as number;
  /** Frequencies whose character is real, and the row of the basis that holds it. */
  const real: [frequency: number, row: number][] =
    n % 2 === 0
      ? [
          [0, 0],
          [n / 2, n - 1],
        ]
      : [[0, 0]];
  for (const [i, row] of real) {
    for (const [j, column] of real) power[i * n + j] = square(row, column);
    for (let l = 1; l <= m; l++) {
      const along = 0.5 * (square(row, l) + square(row, m + l));
      power[i * n + l] = along;
      power[i * n + n - l] = along;
      const across = 0.5 * (square(l, row) + square(m + l, row));
      power[l * n + i] = across;
      power[(n - l) * n + i] = across;
    }
  }
  for (let k = 1; k <= m; k++)
    for (let l = 1; l <= m; l++) {
      const [equal, inverse] = [same?.[(k - 1) * m + l - 1] ?? 0, opposite?.[(k - 1) * m + l - 1] ?? 0];
      power[k * n + l] = equal;
      power[(n - k) * n + (n - l)] = equal;
      power[k * n + (n - l)] = inverse;
      power[(n - k) * n + l] = inverse;
    }
  return power;
}
