/** Which folders below a folder hold runs: `runs/r1`, or deeper, where a trial wrote them. */

import { join } from 'node:path';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { explained } from './run-error.ts';
import { metaName } from './run-meta.ts';

/** Below `runs`, a trial's runs stand four folders down: `trials`, trial, arm, seed. */
const deepest = 4;

/** What was found below a folder. */
export interface RunList {
  /** Names of folders with a meta.json, parts joined by `/`, in the order of a person counting: `r9` before `r10`. */
  readonly names: readonly string[];
  /** Whether there were more than asked for. */
  readonly cut: boolean;
}

const order = new Intl.Collator('en', { numeric: true });

/**
 * The runs below a folder, at most `most` of them. Links are not followed, runs inside a run are not looked for, and
 * neither is anything in folders whose name begins with a dot; folders that may not be read count as empty.
 * @throws RunError when `folder` itself is missing, a file, or unreadable
 */
export function listRuns(folder: string, most: number, disk: FileSystem = nodeFileSystem): RunList {
  const names: string[] = [];
  let cut = false;
  const visit = (parts: readonly string[], entries: ReturnType<FileSystem['list']>): void => {
    const folders = entries.filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.'));
    for (const { name } of folders.sort((a, b) => order.compare(a.name, b.name))) {
      if (cut) return;
      const inner = [...parts, name];
      const found = listQuietly(join(folder, ...inner), disk);
      if (found.some((entry) => entry.name === metaName && entry.kind === 'file')) {
        if (names.length === most) cut = true;
        else names.push(inner.join('/'));
      } else if (inner.length < deepest) {
        visit(inner, found);
      }
    }
  };
  visit(
    [],
    explained('listing it', folder, () => disk.list(folder)),
  );
  return { names, cut };
}

function listQuietly(path: string, disk: FileSystem): ReturnType<FileSystem['list']> {
  try {
    return disk.list(path);
  } catch {
    return [];
  }
}
