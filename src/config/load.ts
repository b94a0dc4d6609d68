/** Reads a configuration file from disk (Node only). */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError, configIssue } from './error.ts';
import { type LoadedExperiment, type ParseOptions, parseExperiment } from './parse.ts';
import { nearest } from './suggest.ts';

/**
 * Loads `path`, applies `overrides` (`section.key=value`) and resolves every default.
 * @throws {ConfigError} for a file that is missing, a folder, not readable, not UTF-8, or not a valid experiment
 */
export function loadExperiment(
  path: string,
  overrides: readonly string[] = [],
  options: Pick<ParseOptions, 'file'> = {},
): LoadedExperiment {
  return parseExperiment(readText(path), { file: options.file ?? path, overrides });
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileError(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([configIssue({ message: 'the file is not UTF-8 text' })], path);
  }
}

function fileError(path: string, code: string): ConfigError {
  const issue =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? configIssue({ message: 'there is no such file', suggestion: similarFile(path) })
      : code === 'EISDIR'
        ? configIssue({
            message: 'this is a folder, but a configuration file was expected',
            suggestion: fileInside(path),
          })
        : configIssue({ message: `the file cannot be read (${code})` });
  return new ConfigError([issue], path);
}

function similarFile(path: string): string {
  const name = nearest(basename(path), yamlFiles(dirname(path)));
  return name === null
    ? '`grokscope presets` lists configurations to start from'
    : `did you mean ${join(dirname(path), name)}?`;
}

function fileInside(folder: string): string {
  const files = yamlFiles(folder);
  return files.length === 0
    ? '`grokscope presets` lists configurations to start from'
    : `it holds ${files.join(', ')}`;
}

function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
