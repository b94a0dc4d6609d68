/** The way from a folder that is served to something in it: through real folders by plain names, never out of it. */

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../../runs/index.ts';

/** What is asked for: what the page lists, or a file of it. */
type Asked = 'run' | 'report' | 'file';

/**
 * The parts of a name, which joins them by `/`. What could be read as something else by some system is no name: `..`, a drive, a
 * backslash.
 * @throws RunError
 */
export function partsOf(name: string, what: Asked): string[] {
  const parts = name.split('/');
  const isForbidden = (character: string) => character < ' ' || character === '\\' || character === ':';
  if (parts.some((part) => part === '' || part.startsWith('.') || [...part].some(isForbidden))) {
    throw new RunError('missing', `${quote(name)} cannot be the name of a ${what}`, again(what));
  }
  return parts;
}

/**
 * The true path of something in a folder. Every part of it is a real file or folder: a link, to wherever it leads, makes the true
 * path another one.
 * @throws RunError when nothing stands there, or a link is on the way
 */
export function pathInside(folder: string, parts: readonly string[], what: Asked): string {
  const name = parts.join('/');
  const root = realPath(folder);
  const wanted = root === undefined ? undefined : join(root, ...parts);
  const found = wanted === undefined ? undefined : realPath(wanted);
  if (wanted === undefined || found === undefined) {
    throw new RunError('missing', `${quote(name)} is not in ${folder}`, again(what));
  }
  if (found !== wanted) {
    throw new RunError('missing', `${quote(name)} is behind a link, which is not followed`, 'copy it here');
  }
  return wanted;
}

const again = (what: Asked) =>
  what === 'file' ? 'copy the whole folder of the run there' : `look at the list of ${what}s again`;

/** Undefined where nothing stands there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A name as messages show it. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}
