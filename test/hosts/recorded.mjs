// The digests that every host must arrive at, as they were recorded, and what to do when one does not.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./experiments.mjs').Outcome} Outcome */
/** @typedef {{ numeric_version: string, digests: Record<string, Outcome['digests']> }} Recorded */

export const recordFile = fileURLToPath(new URL('digests.json', import.meta.url));

/**
 * What digests.json holds; undefined where there is none.
 * @returns {Recorded | undefined}
 */
export function recorded() {
  return existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : undefined;
}

/** What a person does whose tests meet other bits than the recorded ones. */
export const advice =
  'the arithmetic gives other bits than those recorded in test/hosts/digests.json: if nobody meant that, find the change ' +
  'that did it; if it was meant, raise NUMERIC_VERSION in src/engine/numeric-version.ts, say so in CHANGELOG.md, and ' +
  'record the new ones with: node scripts/record-digests.mjs';

/**
 * Outcomes as the record has them: digests by experiment and step.
 * @param {readonly Outcome[]} outcomes
 * @returns {Recorded['digests']}
 */
export function digestsByName(outcomes) {
  return Object.fromEntries(outcomes.map(({ name, digests }) => [name, digests]));
}

/**
 * The recorded digests of the first `steps` steps.
 * @param {Recorded['digests']} digests
 * @param {number} steps
 */
export function throughStep(digests, steps) {
  const early = (/** @type {Outcome['digests']} */ all) =>
    Object.fromEntries(Object.entries(all).filter(([step]) => Number(step) <= steps));
  return Object.fromEntries(Object.entries(digests).map(([name, all]) => [name, early(all)]));
}

/**
 * What stands against replacing the record by new digests, in one sentence; undefined when nothing does. Bits change only
 * together with the numeric version.
 * @param {Recorded | undefined} old
 * @param {Recorded} next
 * @returns {string | undefined}
 */
export function recordingProblem(old, next) {
  if (old === undefined || old.numeric_version !== next.numeric_version) return undefined;
  const changed = Object.keys(next.digests).filter(
    (name) => name in old.digests && JSON.stringify(old.digests[name]) !== JSON.stringify(next.digests[name]),
  );
  if (changed.length === 0) return undefined;
  return (
    `numeric version ${old.numeric_version} is recorded with other bits for ${changed.join('; ')}: raise NUMERIC_VERSION in ` +
    'src/engine/numeric-version.ts first (or give a changed experiment a new name); for a version that nobody has used yet, ' +
    'delete test/hosts/digests.json'
  );
}
