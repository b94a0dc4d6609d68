/** Settings as they are written down: a configuration file and what is put over it, as the command line takes them. */

import { type Experiment, parseExperiment } from 'grokscope';
import { presetOf } from './presets.ts';

/** The same words that `grokscope train --config PRESET section.key=value …` takes; plain data. */
export interface WrittenSettings {
  /** Name of a preset of the package; where `recorded` is given, of the run that it is of. */
  readonly preset: string;
  /** `section.key=value`, the value in YAML; later ones win. */
  readonly overrides: readonly string[];
  /** The config.yaml of a recorded run, which the overrides are put over instead of a preset. */
  readonly recorded?: string;
}

/**
 * The experiment that is meant, with sentences about settings without effect.
 * @throws ConfigError with every issue found; Error for a preset that is none
 */
export function readSettings(settings: WrittenSettings): { experiment: Experiment; notices: string[] } {
  const { file, text } = baseOf(settings);
  return parseExperiment(text, { file, overrides: settings.overrides });
}

/** The file that the overrides are put over. */
function baseOf({ preset, recorded }: WrittenSettings): { file: string; text: string } {
  return recorded === undefined ? presetOf(preset) : { file: `${preset}/config.yaml`, text: recorded };
}

/** The same file with nothing put over it. */
export function withoutOverrides(settings: WrittenSettings): WrittenSettings {
  return { ...settings, overrides: [] };
}

/** The line that makes the same run on the command line. */
export function commandLineOf(settings: WrittenSettings): string {
  return ['npx grokscope', ...commandWords(settings).map(quoted)].join(' ');
}

/** The words after `grokscope`, for settings over a preset. */
export function commandWords({ preset, overrides }: WrittenSettings): string[] {
  return ['train', '--config', preset, ...overrides];
}

/** Words that a POSIX shell would take apart stand in single quotes. */
function quoted(word: string): string {
  return /^[\w./:=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Equal for settings that are written alike. */
export function sameSettings(a: WrittenSettings, b: WrittenSettings): boolean {
  return (
    a.preset === b.preset && a.recorded === b.recorded && a.overrides.join('\n') === b.overrides.join('\n')
  );
}
