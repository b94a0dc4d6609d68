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

const presetsAdvice = '`grokscope presets` lists configurations to start from';

/**
 * The text of a YAML file.
 * @param advice what to do where no file of a similar name is there
 * @throws {ConfigError} for a file that is missing, a folder, not readable or not UTF-8
 */
export function readText(path: string, advice: string = presetsAdvice): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileError(path, (error as NodeJS.ErrnoException).code ?? String(error), advice);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([configIssue({ message: 'the file is not UTF-8 text' })], path);
  }
}

function fileError(path: string, code: string, advice: string): ConfigError {
  const issue =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? configIssue({ message: 'there is no such file', suggestion: similarFile(path, advice) })
      : code === 'EISDIR'
        ? configIssue({
            message: 'this is a folder, but a configuration file was expected',
            suggestion: fileInside(path, advice),
          })
        : configIssue({ message: `the file cannot be read (${code})` });
  return new ConfigError([issue], path);
}

function similarFile(path: string, advice: string): string {
  const name = nearest(basename(path), yamlFiles(dirname(path)));
  return name === null ? advice : `did you mean ${join(dirname(path), name)}?`;
}

function fileInside(folder: string, advice: string): string {
  const files = yamlFiles(folder);
  return files.length === 0 ? advice : `it holds ${files.join(', ')}`;
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
