/** The spectra of one training, each opened once however many observers read them. */

import { activationNamed } from '../config/activations.ts';
import type { Expr } from '../engine/index.ts';
import type { Forward } from '../models/index.ts';
import type { InputGroup } from '../tasks/input-group/index.ts';
import type { Probe } from '../training/probe.ts';
import { type GroupTransform, openGroupTransform } from './group-transform.ts';
import { lowBand } from './low-band.ts';
import { type Modes, modesOf } from './spectrum.ts';

/** What a network computes, on one of its task's input groups. */
export interface Spectrum {
  readonly group: InputGroup;
  readonly modes: Modes;
  readonly transform: GroupTransform;
  /** The low band as it is configured, and without the constant mode. */
  readonly bands: { readonly asStated: Uint8Array; readonly withoutZero: Uint8Array };
}

/** What is transformed: the logits, or an activation by a word of the configuration. */
export const LOGITS = 'logits';

const opened = new WeakMap<Probe, Map<string, Spectrum>>();

/**
 * The spectrum of the logits or of an activation on the input graph or on the task's own group.
 * @param of `logits`, or a word for an activation that the model has
 */
export function spectrumOf(probe: Probe, on: 'graph' | 'own', of: string): Spectrum {
  const groups = probe.dataset.inputs;
  if (groups === undefined)
    throw new Error('internal: a spectrum was asked of a task without an input group');
  const name = groups.own === groups.graph ? 'graph' : on;
  const spectra = opened.get(probe) ?? new Map<string, Spectrum>();
  opened.set(probe, spectra);
  const known = spectra.get(`${name} ${of}`);
  if (known !== undefined) return known;
  const group = groups[name];
  const names = { inputs: name, values: of };
  const gauges = of === LOGITS ? probe.dataset.answers : 1;
  const transform = openGroupTransform(probe, group, names, (forward) => read(forward, of, probe), gauges);
  const modes = modesOf(group);
  const { spectral } = probe.experiment;
  const bands = {
    asStated: lowBand(modes, spectral),
    withoutZero: lowBand(modes, { ...spectral, include_zero: false }),
  };
  const spectrum = { group, modes, transform, bands };
  spectra.set(`${name} ${of}`, spectrum);
  return spectrum;
}

function read(forward: Forward, of: string, { experiment }: Probe): Expr {
  if (of === LOGITS) return forward.logits;
  const activation = forward.activations[activationNamed(of, experiment.model) ?? of];
  if (activation === undefined) throw new Error(`internal: the model has no activation ${of}`);
  return activation;
}
