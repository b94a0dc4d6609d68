/**
 * What a spectrum says in one number: the statistics that are usually quoted, and the ones that do not depend on how the
 * elements are numbered. All are shares of power, so that the scale of the function does not matter.
 */

import { logarithm } from '../engine/logarithm.ts';
import { cycleCosine } from '../tasks/input-group/index.ts';
import type { Modes } from './spectrum.ts';

/** Σ P over the low band / Σ P over the modes that count; `band` is of `lowBand`. 0 for a function that is zero. */
export function lowFraction(power: Float64Array, band: Uint8Array): number {
  let [low, all] = [0, 0];
  for (let i = 0; i < power.length; i++) {
    if (band[i] === 0) continue;
    all += power[i] as number;
    if (band[i] === 2) low += power[i] as number;
  }
  return share(low, all);
}

/** −Σ π ln π in nats over the modes that count, π = P/ΣP. */
export function spectralEntropy(power: Float64Array, band: Uint8Array): number {
  let all = 0;
  for (let i = 0; i < power.length; i++) if (band[i] !== 0) all += power[i] as number;
  if (all === 0) return 0;
  let entropy = 0;
  for (let i = 0; i < power.length; i++) {
    const part = (power[i] as number) / all;
    if (band[i] !== 0 && part > 0) entropy -= part * logarithm(part);
  }
  return entropy;
}

/** Laplacian energy Σ λP / ΣP over the modes that count. */
export function laplacianEnergy(power: Float64Array, eigenvalues: Float64Array, band: Uint8Array): number {
  let [energy, all] = [0, 0];
  for (let i = 0; i < power.length; i++) {
    if (band[i] === 0) continue;
    all += power[i] as number;
    energy += (eigenvalues[i] as number) * (power[i] as number);
  }
  return share(energy, all);
}

/** Share of the constant mode, which is the first. */
export function zeroShare(power: Float64Array): number {
  let all = 0;
  for (const part of power) all += part;
  return share(power[0] as number, all);
}

/** Share of the modes of the answer among all but the constant: 1 for a function of the answer alone. */
export function answerShare(power: Float64Array, answer: Int32Array): number {
  let [own, all] = [0, 0];
  for (let i = 1; i < power.length; i++) all += power[i] as number;
  for (const mode of answer) own += power[mode] as number;
  return share(own, all);
}

/**
 * The Laplacian energy of the answer's modes under the relabelling t → u·t that makes it least:
 * min over units u of Z_n of Σ λ_uk P_kk / Σ P_kk with λ_k = 1 − cos(2πk/n). 0 where the answer's modes have no power.
 */
export function bestRelabelledEnergy(
  power: Float64Array,
  { shape, answer, frequencies }: Modes,
): number | undefined {
  if (answer === undefined || frequencies === undefined) return undefined;
  const n = shape[0] as number;
  let all = 0;
  for (const mode of answer) all += power[mode] as number;
  if (all === 0) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let unit = 1; unit <= n / 2; unit++) {
    if (greatestCommonDivisor(unit, n) !== 1) continue;
    let energy = 0;
    for (let i = 0; i < answer.length; i++)
      energy +=
        (1 - cycleCosine((unit * (frequencies[i] as number)) % n, n)) *
        (power[answer[i] as number] as number);
    least = Math.min(least, energy / all);
  }
  return least;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A share of nothing is 0. */
function share(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}
