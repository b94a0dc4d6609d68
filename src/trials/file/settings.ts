/** Settings of a trial as leaves: `train.lr: 1` and `train: {lr: 1}` are one setting, which keeps its place in the file. */

import { type Path, pathText } from '../../config/error.ts';
import type { Override } from '../../config/overrides.ts';
import { isMapping, type Mapping } from './reading.ts';

export interface Setting extends Override {
  /** Where it stands in the trial's file. */
  readonly at: Path;
}

/**
 * The settings of the mapping that stands at `at`, in its order. A section that names its `type` is set as a whole: the
 * keys of another type would not fit it.
 */
export function settingsIn(mapping: Mapping, at: Path, prefix: readonly string[] = []): Setting[] {
  return Object.entries(mapping).flatMap(([key, value]): Setting[] => {
    const path = [...prefix, ...key.split('.')];
    const place = [...at, key];
    if (isMapping(value) && !Object.hasOwn(value, 'type')) return settingsIn(value, place, path);
    return [{ path, value, text: pathText(place), at: place }];
  });
}

/** `train.lr 1, task parity`: for people who do not say in words what an arm is. */
export function settingsText(settings: readonly Setting[]): string {
  if (settings.length === 0) return 'the experiment as it stands';
  return settings
    .map(
      ({ path, value }) => `${path.join('.')} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');
}
