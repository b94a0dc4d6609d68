/** The names under which trainings are saved in the browser: hashes of what determines them, without the numeric version. */

import type { Experiment } from 'grokscope';
import { runIdText } from '../../src/config/canonical-json.ts';
import { meaningOf } from '../../src/config/index.ts';
import { sha256 } from '../../src/training/sha256.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';

/** Where a run left the one before it, and how it goes on. */
export interface Leg {
  readonly step: number;
  readonly settings: WrittenSettings;
}

export interface SavedKey {
  readonly key: string;
  /** The key of the training that began at step 0. */
  readonly family: string;
}

/** SHA-256 of the settings alone, so that a training of another version is found too. */
function hashed(experiment: Experiment, before: string): Promise<string> {
  return sha256(new TextEncoder().encode(before + runIdText(meaningOf(experiment), '')));
}

/**
 * @param original the settings of the run that began at step 0, trained here or recorded: the same settings are the same run
 * @param lineage of a fork: from the original on, the fork itself last
 */
export async function savedKey(original: WrittenSettings, lineage: readonly Leg[] = []): Promise<SavedKey> {
  const family = await hashed(readSettings(original).experiment, '');
  let key = family;
  for (const { step, settings } of lineage)
    key = await hashed(readSettings(settings).experiment, `${key}@${step}\n`);
  return { key, family };
}
