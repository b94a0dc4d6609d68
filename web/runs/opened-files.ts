/**
 * The files of a run directory that the reader opened: a zip archive, or a folder. Sizes are looked at first, so that
 * nothing large is read in vain; files that no run writes are passed over.
 */

import { checkpointStep } from '../../src/runs/checkpoint-format.ts';
import { readZip } from '../archive/read-zip.ts';

export interface OpenedFile {
  readonly size: number;
  /** @throws Error with the end of a sentence about the file */
  read(): Promise<Blob>;
}

export interface OpenedFiles {
  /** What the page calls the run. */
  readonly name: string;
  /** By their names in the run directory, such as `checkpoints/step-000500.safetensors`. */
  readonly files: ReadonlyMap<string, OpenedFile>;
}

/** A page that takes more is ended on many machines; larger runs are for the server, which reads in parts. */
export const MOST_BYTES = 512e6;
/** Of metrics.csv and other texts, which are read at once. */
const MOST_TEXT = 64e6;

const textFiles = ['meta.json', 'config.yaml', 'metrics.csv', 'summary.json', 'DONE'];
const wayOn = 'put the run into a folder and open that with grokscope lab FOLDER';

/** @throws Error in one sentence */
export async function openedArchive(archive: File): Promise<OpenedFiles> {
  const name = archive.name.replace(/\.zip$/i, '');
  if (archive.size > MOST_BYTES) throw tooLarge(archive.name, archive.size);
  try {
    const entries = await readZip(archive);
    return runIn(
      name,
      entries.map(({ name: path, size, read }) => ({
        path,
        file: { size, read: async () => new Blob([await read()]) },
      })),
    );
  } catch (error) {
    if (error instanceof NotOpened) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotOpened(
      `${archive.name} cannot be opened: ${reason}; open a zip archive or a folder of a run.`,
    );
  }
}

/** @param files by their paths below the folder or with its name before them */
export function openedFolder(name: string, files: readonly { path: string; file: File }[]): OpenedFiles {
  return runIn(
    name,
    files.map(({ path, file }) => ({ path, file: { size: file.size, read: async () => file } })),
  );
}

class NotOpened extends Error {}

function tooLarge(name: string, size: number): Error {
  return new NotOpened(
    `${name} has ${megabytes(size)}, more than the ${megabytes(MOST_BYTES)} that a page may take; ${wayOn}.`,
  );
}

function megabytes(size: number): string {
  return size >= 1e9 ? `${(size / 1e9).toFixed(1)} GB` : `${Math.ceil(size / 1e6)} MB`;
}

/** The run is where meta.json is, at the top or in one of the folders below. */
function runIn(name: string, all: readonly { path: string; file: OpenedFile }[]): OpenedFiles {
  const places = all.flatMap(({ path }) =>
    /(?:^|\/)meta\.json$/.test(path) ? [path.slice(0, -'meta.json'.length)] : [],
  );
  const [place] = places.sort((a, b) => a.length - b.length);
  if (place === undefined) {
    throw new NotOpened(
      `${name} holds no run: there is no meta.json in it; open the folder that grokscope train wrote, or a zip of it.`,
    );
  }
  if (places.some((other) => other !== place && other.split('/').length === place.split('/').length)) {
    throw new NotOpened(
      `${name} holds ${places.length} runs; open one of them, or all with grokscope lab FOLDER.`,
    );
  }
  const files = new Map<string, OpenedFile>();
  for (const { path, file } of all) {
    if (!path.startsWith(place)) continue;
    const inRun = path.slice(place.length);
    if (!isRead(inRun)) continue;
    if (textFiles.includes(inRun) && file.size > MOST_TEXT) throw tooLarge(`${name}/${inRun}`, file.size);
    files.set(inRun, file);
  }
  const size = [...files.values()].reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES) throw tooLarge(name, size);
  return { name, files };
}

function isRead(name: string): boolean {
  const [folder, file, ...more] = name.split('/');
  if (file === undefined) return textFiles.includes(name);
  return folder === 'checkpoints' && more.length === 0 && checkpointStep(file) !== undefined;
}
