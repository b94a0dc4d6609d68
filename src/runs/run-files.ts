/** The names of the files of a run, and what else may stand in a folder that a run would use. */

import { join } from 'node:path';
import { isAnalyticFile } from './analytic-folder.ts';
import { partialSuffix, removeQuietly } from './atomic-file.ts';
import { checkpointStep } from './checkpoint-format.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { explained, RunError } from './run-error.ts';
import { lockName } from './run-lock.ts';
import { metaName, type RunMeta, readMeta } from './run-meta.ts';
import { isSpectralFile } from './spectral-folder.ts';

export function runFiles(folder: string) {
  return {
    config: join(folder, 'config.yaml'),
    meta: join(folder, metaName),
    metrics: join(folder, 'metrics.csv'),
    timing: join(folder, 'timing.csv'),
    summary: join(folder, 'summary.json'),
    report: join(folder, 'report.html'),
    done: join(folder, 'DONE'),
    checkpoints: join(folder, 'checkpoints'),
    spectral: join(folder, 'spectral'),
    analytic: join(folder, 'analytic'),
    figures: join(folder, 'figures'),
  };
}

/** Files at the top, DONE first: what is left when removing them is interrupted never looks finished. */
const topFiles = ['DONE', 'summary.json', 'report.html', 'metrics.csv', 'timing.csv', 'config.yaml'];

/** The files a run writes into its folders; others there are someone else's. */
const folderFiles: Readonly<Record<string, (name: string) => boolean>> = {
  checkpoints: (name) => checkpointStep(name) !== undefined,
  spectral: isSpectralFile,
  analytic: isAnalyticFile,
  figures: (name) => /\.(svg|png)$/.test(name),
};

/**
 * The path below a run's folder of a file that holds its data, in parts; undefined for every other name, whatever stands
 * there. `name` joins them by `/`: `metrics.csv`, `checkpoints/step-000500.safetensors`.
 */
export function dataFileParts(name: string): readonly string[] | undefined {
  const [folder, file, ...others] = name.split('/');
  if (file === undefined) return dataFiles.includes(folder) ? [folder] : undefined;
  if (others.length > 0 || (folder !== 'checkpoints' && folder !== 'spectral')) return undefined;
  return folderFiles[folder](file) ? [folder, file] : undefined;
}

const dataFiles = [metaName, 'config.yaml', 'metrics.csv', 'timing.csv', 'summary.json'];

/** What stands at the path of a run. */
export type Standing =
  | { readonly kind: 'absent' }
  /** Something a run did not write stands there; `holds` is the name of one such file. */
  | { readonly kind: 'not-a-run'; readonly holds: string }
  | { readonly kind: 'run'; readonly meta: RunMeta; readonly done: boolean };

function isLeftover(name: string): boolean {
  return name === lockName || name.startsWith(`${lockName}.stale-`) || name.endsWith(partialSuffix);
}

/**
 * What stands at the path of a run. A folder without meta.json is as good as absent while it holds nothing that is
 * not left over from a process that died.
 * @throws RunError when the path is a file or cannot be looked at.
 */
export function standingOf(folder: string, disk: FileSystem = nodeFileSystem): Standing {
  return explained('looking at it', folder, () => {
    const kind = disk.kind(folder);
    if (kind === 'missing') return { kind: 'absent' };
    if (kind !== 'folder') {
      throw new RunError(
        'not-a-folder',
        `${folder} is a file, not the folder of a run`,
        'give a folder with --run',
      );
    }
    const files = runFiles(folder);
    if (disk.kind(files.meta) === 'file') {
      return { kind: 'run', meta: readMeta(folder, disk), done: disk.kind(files.done) === 'file' };
    }
    const foreign = disk.list(folder).find(({ name }) => !isLeftover(name));
    return foreign === undefined ? { kind: 'absent' } : { kind: 'not-a-run', holds: foreign.name };
  });
}

function removeKnown(folder: string, isKnown: (name: string) => boolean, disk: FileSystem): void {
  for (const { name, kind } of disk.list(folder)) {
    if (kind === 'file' && isKnown(name)) disk.remove(join(folder, name));
  }
}

/** Removes files that a process left unfinished when it died. */
export function removePartials(folder: string, disk: FileSystem = nodeFileSystem): void {
  explained('removing unfinished files', folder, () => {
    for (const place of [folder, ...Object.keys(folderFiles).map((name) => join(folder, name))]) {
      if (disk.kind(place) === 'folder') removeKnown(place, (name) => name.endsWith(partialSuffix), disk);
    }
  });
}

/** Removes what a run wrote, except meta.json and the lock; files it did not write, and their folders, stay. */
export function clearRun(folder: string, disk: FileSystem = nodeFileSystem): void {
  explained('removing the run', folder, () => {
    for (const name of topFiles) removeKnown(folder, (found) => found === name, disk);
    for (const { name, kind } of disk.list(folder)) {
      const isKnown = folderFiles[name];
      if (isKnown === undefined || kind !== 'folder') continue;
      const place = join(folder, name);
      removeKnown(place, (file) => isKnown(file) || file.endsWith(partialSuffix), disk);
      removeIfEmpty(place, disk);
    }
  });
}

/** Takes back a run whose start failed, as far as a failing disk allows; its lock and folder stay. */
export function takeBackRun(folder: string, disk: FileSystem): void {
  removeQuietly(runFiles(folder).meta, disk);
  try {
    clearRun(folder, disk);
  } catch {
    // The error that stopped the start is the one to report.
  }
}

/** Removes a folder unless something is in it. */
export function removeIfEmpty(folder: string, disk: FileSystem): void {
  try {
    disk.removeFolder(folder);
  } catch {
    // Someone's files are in it, or it is not there.
  }
}
