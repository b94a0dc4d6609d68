/** The settings that a link asks for, as far as they are possible. */

import { ConfigError } from 'grokscope';
import { readSettings, type WrittenSettings, withoutOverrides } from '../settings/written-settings.ts';
import type { ReadAddress } from './address.ts';

const firstPreset = 'r1';

/**
 * A link with an unknown preset opens the first one; one with impossible settings opens its preset. What is put over a recorded
 * run is known when that is.
 */
export function withKnownSettings({ address, faults }: ReadAddress): ReadAddress {
  const { preset, set, run } = address;
  try {
    const wanted = { preset, overrides: run === undefined ? set : [] };
    const { settings, sentences } = possible(wanted);
    if (sentences.length === 0) return { address, faults };
    const kept = { set: settings.overrides, play: false, fork: [] };
    return { address: { ...address, ...kept }, faults: [...faults, ...sentences] };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    const instead = { preset: firstPreset, set: [], play: false, fork: [] };
    return { address: { ...address, ...instead }, faults: [...faults, sentence] };
  }
}

/**
 * The settings, or those below them where they are impossible, with a sentence for each reason.
 * @throws Error for a preset that is none
 */
export function possible(settings: WrittenSettings): {
  readonly settings: WrittenSettings;
  readonly sentences: readonly string[];
} {
  try {
    readSettings(settings);
    return { settings, sentences: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const sentences = error.issues.map(
      ({ message }) => `The address asks for what is not possible: ${message}.`,
    );
    return { settings: withoutOverrides(settings), sentences };
  }
}
