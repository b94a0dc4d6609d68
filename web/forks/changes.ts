/**
 * What one run does otherwise than the run that it left, as settings: `section.key=value` puts an override last,
 * `section.key` alone takes back what the other one had there.
 */

import type { WrittenSettings } from '../settings/written-settings.ts';

/** The key of an override or of a change. */
function keyOf(text: string): string {
  const equals = text.indexOf('=');
  return equals === -1 ? text : text.slice(0, equals);
}

/** The settings after the changes: everything the changes name goes, then what they set stands last. */
export function withChanges(before: WrittenSettings, changes: readonly string[]): WrittenSettings {
  const named = new Set(changes.map(keyOf));
  const kept = before.overrides.filter((override) => !named.has(keyOf(override)));
  return { ...before, overrides: [...kept, ...changes.filter((change) => change.includes('='))] };
}

/** Changes that lead from one to the other exactly; few where that is possible. */
export function changesBetween(before: WrittenSettings, after: WrittenSettings): string[] {
  const keys = new Set(after.overrides.map(keyOf));
  const takenBack = [...new Set(before.overrides.map(keyOf))].filter((key) => !keys.has(key));
  const set = after.overrides.filter((override) => !before.overrides.includes(override));
  const few = [...set, ...takenBack];
  const { overrides } = withChanges(before, few);
  // Where the order or a repetition matters, all is said.
  return overrides.join('\n') === after.overrides.join('\n') ? few : [...after.overrides, ...takenBack];
}

/** The changes for readers: `train.lr=0.1`, `train.lr as in the preset`. */
export function changeWords(changes: readonly string[], { recorded }: WrittenSettings): string[] {
  const base = recorded === undefined ? 'preset' : 'recorded run';
  return changes.map((change) => (change.includes('=') ? change : `${change} as in the ${base}`));
}
