/** Changing one setting: the overrides after it, and what a field shows. */

import type { Experiment } from 'grokscope';
import { readSettings, type WrittenSettings, withoutOverrides } from './written-settings.ts';

/** The value at a path of an experiment; undefined where there is none. */
export function valueIn(experiment: Experiment, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    experiment,
  );
}

/** A value as an override writes it: YAML in one line. */
export function writtenValue(value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z][\w^+*-]*$/.test(value)) return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** Sections whose keys depend on the value of one: where it changes, what was set in them is meaningless. */
const decisive: Readonly<Record<string, string>> = { task: 'dataset', 'model.type': 'model' };

/**
 * The settings with `text`, in YAML, at a path; an empty text, and the value that the file below has, take the override back.
 * Another task or kind of model takes its section along, back to defaults.
 */
export function withSetting(
  settings: WrittenSettings,
  path: readonly string[],
  text: string,
): WrittenSettings {
  const key = path.join('.');
  const section = decisive[key];
  const kept = settings.overrides.filter((override) => {
    const at = override.slice(0, override.indexOf('=')).trim();
    return at !== key && (section === undefined || (at !== section && !at.startsWith(`${section}.`)));
  });
  const without = { ...settings, overrides: kept };
  const ofPreset = valueIn(readSettings(withoutOverrides(settings)).experiment, path);
  if (text === '' || text === writtenValue(ofPreset)) return without;
  if (key === 'task') return { ...settings, overrides: [...kept, `task=${text}`, 'dataset={}'] };
  if (key === 'model.type') return { ...settings, overrides: [...kept, `model={type: ${text}}`] };
  return { ...settings, overrides: [...kept, `${key}=${text}`] };
}

/** What is written for a path itself; undefined where the file below or a default decides. */
export function overrideAt(settings: WrittenSettings, path: readonly string[]): string | undefined {
  const start = `${path.join('.')}=`;
  return settings.overrides.findLast((override) => override.startsWith(start))?.slice(start.length);
}
