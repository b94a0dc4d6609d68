/** Patterns of folders for shells that expand none: `*` and `?` within a name, `**` for any folders. */

import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const isPattern = (part: string) => /[*?]/.test(part);

/** The paths that match, sorted; a word without a pattern is that path, there or not. */
export function expandPattern(pattern: string): string[] {
  if (!isPattern(pattern)) return [pattern];
  const parts = (sep === '\\' ? pattern.replaceAll('\\', '/') : pattern).split('/');
  const start = parts[0] === '' ? '/' : '';
  return [
    ...new Set(
      matches(
        start,
        parts.filter((part) => part !== ''),
      ),
    ),
  ].sort();
}

function matches(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) return [folder];
  if (part === '**') {
    // None of the folders below, or one of them and again any.
    return [
      ...matches(folder, rest),
      ...foldersIn(folder).flatMap((name) => matches(join(folder, name), ['**', ...rest])),
    ];
  }
  if (!isPattern(part)) {
    const path = join(folder, part);
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? matches(path, rest) : [];
  }
  const names = foldersIn(folder).filter((name) => matcher(part).test(name));
  return names.flatMap((name) => matches(join(folder, name), rest));
}

/** Names of the folders in a folder, links to folders included; none that begin with a dot, as in shells. */
function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder === '' ? '.' : folder).filter(
      (name) =>
        !name.startsWith('.') &&
        statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true,
    );
  } catch {
    return [];
  }
}

function matcher(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}
