/** The experiment that arms differ from: a file beside the trial's, a preset by its name, or a mapping in the trial itself. */

import { basename, dirname, isAbsolute, join } from 'node:path';
import { ConfigError, type Path, pathText } from '../../config/error.ts';
import { readText } from '../../config/load.ts';
import type { ExperimentSource } from '../../config/parse.ts';
import { listPresets } from '../../config/presets.ts';
import { readSource } from '../../config/source.ts';
import { nearest } from '../../config/suggest.ts';
import { gotText } from '../../config/words.ts';
import { isMapping, type Reading } from './reading.ts';

/** An experiment before anything is put over it. */
export type BaseExperiment = Omit<ExperimentSource, 'overrides'>;

/** What stands at `path` of the trial's file; undefined after a refusal. */
export function baseExperiment(reading: Reading, path: Path): BaseExperiment | undefined {
  const value = reading.value(path);
  if (isMapping(value)) {
    const locate = reading.source.locate.bind(reading.source);
    const source = { value, locate: (below: Path, at: 'key' | 'value') => locate([...path, ...below], at) };
    return { source, text: reading.text, file: reading.file };
  }
  const expected = `${pathText(path)} must be the path of a configuration, the name of a preset, or an experiment itself`;
  if (typeof value !== 'string' || value === '')
    return reading.refuse(path, `${expected}, got ${gotText(value)}`);
  const file = fileNamed(value, dirname(reading.file));
  if (file === undefined) {
    const names = listPresets().map(({ name }) => name);
    const near = nearest(value, names);
    const suggestion = near === null ? `the presets are ${names.join(', ')}` : `did you mean ${near}?`;
    return reading.refuse(path, `there is no preset ${value}`, { suggestion });
  }
  try {
    const text = readText(file);
    return { source: readSource(text, file), text, file };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [first, ...more] = error.message.split('\n');
    return reading.refuse(path, first, { suggestion: more.at(-1)?.trim() ?? null });
  }
}

/** A plain word is a preset; paths begin in the folder of the trial's file. */
function fileNamed(name: string, folder: string): string | undefined {
  if (/^[\w-]+$/.test(name)) return listPresets().find((preset) => preset.name === name)?.file;
  return isAbsolute(name) ? name : join(folder, name);
}

/** `trials/weight-decay.yaml` → `weight-decay`. */
export function trialName(file: string): string {
  return basename(file).replace(/\.ya?ml$/, '');
}
