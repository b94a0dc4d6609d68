/** Settings as they are written down: a configuration file and what is put over it, as the command line takes them. */

import { type Experiment, parseExperiment } from 'grokscope';
import { presetOf } from './presets.ts';

/** The same words that `grokscope train --config PRESET section.key=value …` takes; plain data. */
export interface WrittenSettings {
  /** Name of a preset of the package. */
  readonly preset: string;
  /** `section.key=value`, the value in YAML; later ones win. */
  readonly overrides: readonly string[];
}

/**
 * The experiment that is meant, with sentences about settings without effect.
 * @throws ConfigError with every issue found; Error for a preset that is none
 */
export function readSettings({ preset, overrides }: WrittenSettings): {
  experiment: Experiment;
  notices: string[];
} {
  const { file, text } = presetOf(preset);
  return parseExperiment(text, { file, overrides });
}

/** The line that makes the same run on the command line. */
export function commandLineOf(settings: WrittenSettings): string {
  return ['npx grokscope', ...commandWords(settings).map(quoted)].join(' ');
}

/** The words after `grokscope`. */
export function commandWords({ preset, overrides }: WrittenSettings): string[] {
  return ['train', '--config', preset, ...overrides];
}

/** Words that a POSIX shell would take apart stand in single quotes. */
function quoted(word: string): string {
  return /^[\w./:=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Equal for settings that are written alike. */
export function sameSettings(a: WrittenSettings, b: WrittenSettings): boolean {
  return a.preset === b.preset && a.overrides.join('\n') === b.overrides.join('\n');
}
