/** The whole spectrum of the logits at one step, for the files of spectral/ and for heat maps. */

import { Stream } from '../engine/index.ts';
import type { Probe } from '../training/probe.ts';
import { LOGITS, type Spectrum, spectrumOf } from './spectra.ts';
import { literalPower } from './spectrum-measure.ts';

/** One function on the input group: a class, for logits. */
export interface DimensionSpectrum {
  readonly dimension: number;
  /** Its share of power in the low band, and its Laplacian energy; 0 for a function that is zero. */
  readonly low_frac: number;
  readonly energy: number;
  /** Σ over the modes that count, scaled as `SpectralSnapshot.power`. */
  readonly power: number;
}

/** The power of the logits by mode at one step, summed over the output dimensions and for each of them. */
export interface SpectralSnapshot {
  readonly step: number;
  /** Modes along each factor of the input graph. */
  readonly shape: readonly number[];
  /** Σ_c |FFT f_c|² by mode, row-major, of the logits as they are; the transform is not normalised, as it is usually stated. */
  readonly power: Float64Array;
  /** All dimensions in order, or as many as `projection_samples` drawn by `spectral.seed`. */
  readonly dimensions: readonly DimensionSpectrum[];
}

/**
 * The power of the logits at one step without a look at each dimension: what heat maps show.
 * @throws Error for a task without an input group
 */
export function spectralPower(
  probe: Probe,
  step: number,
): Pick<SpectralSnapshot, 'step' | 'shape' | 'power'> {
  const { transform, modes, group } = spectrumOf(probe, 'graph', LOGITS);
  const scale = sizeOf(group);
  return { step, shape: modes.shape, power: literalPower(transform.power(step)).map((part) => part * scale) };
}

/** @throws Error for a task without an input group */
export function spectralSnapshot(probe: Probe, step: number): SpectralSnapshot {
  const spectrum = spectrumOf(probe, 'graph', LOGITS);
  const { transform } = spectrum;
  const scale = sizeOf(spectrum.group);
  const sums = transform.weighted(step, weightsOf(spectrum));
  const of = (row: number, dimension: number): number =>
    sums[row * transform.functions + dimension] as number;
  const dimensions = dimensionsOf(transform.functions, probe).map((dimension) => {
    const [all, low, energy] = [0, 1, 2].map((row) => of(row, dimension)) as [number, number, number];
    const share = (part: number): number => (all === 0 ? 0 : part / all);
    return { dimension, low_frac: share(low), energy: share(energy), power: all * scale };
  });
  return { ...spectralPower(probe, step), dimensions };
}

function sizeOf({ axes }: Spectrum['group']): number {
  return axes.reduce((size, { order }) => size * order, 1);
}

const weights = new WeakMap<Spectrum, Float64Array[]>();

/** By basis function: whether it counts, whether it is low, and its eigenvalue where it counts. */
function weightsOf(spectrum: Spectrum): readonly Float64Array[] {
  const known = weights.get(spectrum);
  if (known !== undefined) return known;
  const { group, bands, modes } = spectrum;
  const size = sizeOf(group);
  const [counted, low, eigenvalue] = [0, 1, 2].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let element = 0; element < size; element++) {
    const mode = modeOf(element, spectrum);
    const state = bands.asStated[mode] as number;
    counted[element] = state > 0 ? 1 : 0;
    low[element] = state === 2 ? 1 : 0;
    eigenvalue[element] = state > 0 ? (modes.eigenvalues[mode] as number) : 0;
  }
  const made = [counted, low, eigenvalue];
  weights.set(spectrum, made);
  return made;
}

/** A mode with the eigenvalue and the band of a basis function: frequency k and −k have the same. */
function modeOf(element: number, { group: { axes }, modes }: Spectrum): number {
  let rest = element;
  const places = new Array<number>(axes.length);
  for (let i = axes.length - 1; i >= 0; i--) {
    const axis = axes[i];
    if (axis === undefined) continue;
    places[i] = axis.component[rest % axis.order] as number;
    rest = Math.floor(rest / axis.order);
  }
  return places.reduce((mode, place, i) => mode * (modes.shape[i] as number) + place, 0);
}

function dimensionsOf(functions: number, { experiment }: Probe): number[] {
  const { projection_samples, seed } = experiment.spectral;
  const all = Array.from({ length: functions }, (_, dimension) => dimension);
  if (functions <= projection_samples) return all;
  const drawn = new Stream(seed, 'spectral dimensions').permutation(functions).slice(0, projection_samples);
  return [...drawn].sort((a, b) => a - b);
}
