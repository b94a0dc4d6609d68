/** Which experiment `train` is asked for: a file, a preset by its name, or the run that is to be resumed. */

import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError, configIssue } from '../../config/error.ts';
import { type LoadedExperiment, nearest } from '../../config/index.ts';
import { listPresets, loadExperiment } from '../../config/node.ts';
import { RunReader } from '../../runs/index.ts';
import { UsageError } from '../failure.ts';

export interface ConfigurationOptions {
  readonly config?: string;
  readonly run?: string;
  readonly resume?: boolean;
  readonly seed?: string;
  readonly overrides: readonly string[];
}

/** @throws UsageError, ConfigError, or RunError where a run is to be resumed that is none */
export function loadConfiguration(options: ConfigurationOptions): LoadedExperiment {
  const { config, run, resume, seed } = options;
  const overrides = [...options.overrides, ...(seed === undefined ? [] : [`seed=${seed}`])];
  if (config !== undefined) return loadNamed(config, overrides);
  if (resume && run !== undefined) {
    // Says what is wrong with the folder, before its configuration is missed.
    return loadExperiment(join(new RunReader(run).path, 'config.yaml'), overrides);
  }
  const advice = resume ? '--run FOLDER to resume, or --config' : 'grokscope presets lists some';
  throw new UsageError(`train needs --config FILE or the name of a preset; ${advice}`);
}

/**
 * A file goes before a preset of that name, a preset before a folder.
 * @throws ConfigError that names the file, or says which preset is meant
 */
export function loadNamed(name: string, overrides: readonly string[]): LoadedExperiment {
  const stats = statSync(name, { throwIfNoEntry: false });
  const isWord = /^[\w-]+$/.test(name);
  if (!isWord || stats?.isFile()) return loadExperiment(name, overrides);
  const presets = listPresets();
  const preset = presets.find((one) => one.name === name);
  if (preset !== undefined) {
    const near = relative(process.cwd(), preset.file);
    return loadExperiment(preset.file, overrides, { file: near.startsWith('..') ? preset.file : near });
  }
  if (stats !== undefined) return loadExperiment(name, overrides);
  const similar = nearest(
    name,
    presets.map((one) => one.name),
  );
  const message = 'there is no such file, and no preset of that name';
  const suggestion = similar === null ? '`grokscope presets` lists the presets' : `did you mean ${similar}?`;
  throw new ConfigError([configIssue({ message, suggestion })], name);
}
