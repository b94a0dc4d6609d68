/**
 * The folder a theory command writes into. Its theory.json names each file and the command that made it: those may be replaced
 * by a later command, any other file may not.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure.ts';
import { packageVersion } from '../version.ts';
import { writeOutput } from '../written-output.ts';

const LIST = 'theory.json';
const OTHER_FOLDER = 'give another folder with --out';

/** What made a file of the folder. */
interface Origin {
  readonly command: string;
  readonly version: string;
}

export interface OutputFolder {
  /** Writes a file of those announced, whole or not at all. @returns its path */
  write(name: string, content: string | Uint8Array): string;
}

/**
 * Opens a folder for files of these names, making it. The list is written before them, so that a command that was
 * interrupted can be given again.
 * @throws UsageError when the folder, or a file of one of the names, belongs to something else
 * @throws RunError when the disk refuses
 */
export function openOutputFolder(path: string, names: readonly string[], command: string): OutputFolder {
  const known = listed(path);
  const foreign = names.find((name) => !(name in known) && existsSync(join(path, name)));
  if (foreign !== undefined) {
    throw new UsageError(`${join(path, foreign)} was not written by a theory command; ${OTHER_FOLDER}`);
  }
  const origin: Origin = { command, version: packageVersion() };
  const files = { ...known, ...Object.fromEntries(names.map((name) => [name, origin])) };
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeOutput(join(path, LIST), `${JSON.stringify({ files: sorted }, null, 2)}\n`, OTHER_FOLDER);
  return {
    write: (name, content) => {
      const target = join(path, name);
      writeOutput(target, content, OTHER_FOLDER);
      return target;
    },
  };
}

function listed(path: string): Readonly<Record<string, Origin>> {
  if (!existsSync(path)) return {};
  if (!statSync(path).isDirectory()) {
    throw new UsageError(`${path} is a file where a folder was expected; ${OTHER_FOLDER}`);
  }
  const list = join(path, LIST);
  if (!existsSync(list)) {
    const holds = readdirSync(path);
    if (holds.length === 0) return {};
    const shown = holds.length > 3 ? `${holds.slice(0, 3).join(', ')}, …` : holds.join(', ');
    throw new UsageError(`${path} is not a folder of theory (no ${LIST}, but ${shown}); ${OTHER_FOLDER}`);
  }
  const { files } = parsed(readFileSync(list, 'utf8'));
  if (typeof files !== 'object' || files === null) {
    throw new UsageError(`${list} is damaged; remove it with the files beside it, or ${OTHER_FOLDER}`);
  }
  return files;
}

function parsed(text: string): { files?: Record<string, Origin> } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
