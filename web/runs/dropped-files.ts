/** What was dropped onto the page or chosen in a dialogue, as the files of a run. */

import { type OpenedFiles, openedArchive, openedFolder } from './opened-files.ts';

/** More than any run writes: a folder of something else, or a whole disk. */
const MOST_FILES = 20_000;

interface Found {
  readonly path: string;
  readonly file: File;
}

/**
 * To be called while the drop is being handled: afterwards the browser forgets what was dropped.
 * @throws Error in one sentence
 */
export async function droppedRun(transfer: DataTransfer): Promise<OpenedFiles> {
  const items = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  const files = [...transfer.files];
  if (items.length + files.length === 0)
    throw new Error('What was dropped is no file; drop a zip archive or a folder of a run.');
  if (items.length > 1)
    throw new Error(
      `${items.length} things were dropped at once; drop one run, as a zip archive or a folder.`,
    );
  const [entry] = items;
  if (entry !== undefined && isFolder(entry)) return openedFolder(entry.name, await filesBelow(entry));
  return chosenRun(files);
}

/**
 * A zip archive, or all files of a folder.
 * @throws Error in one sentence
 */
export async function chosenRun(files: readonly File[]): Promise<OpenedFiles> {
  const [first] = files;
  if (first === undefined) throw new Error('The folder is empty; open the folder of a run.');
  const [folder, below] = first.webkitRelativePath.split('/');
  if (below === undefined) return openedArchive(first);
  if (files.length > MOST_FILES) throw tooMany(folder as string);
  return openedFolder(
    folder as string,
    files.map((file) => ({ path: file.webkitRelativePath, file })),
  );
}

function tooMany(folder: string): Error {
  return new Error(`${folder} holds more than ${MOST_FILES} files; open the folder of one run.`);
}

async function filesBelow(folder: FileSystemDirectoryEntry): Promise<Found[]> {
  const found: Found[] = [];
  const waiting: FileSystemDirectoryEntry[] = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await entriesOf(next)) {
      if (isFolder(entry)) waiting.push(entry);
      else if (isFile(entry)) found.push({ path: entry.fullPath.slice(1), file: await fileOf(entry) });
      if (found.length + waiting.length > MOST_FILES) throw tooMany(folder.name);
    }
  }
  return found;
}

// By what they say of themselves: not every browser has their classes by name.
function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** The browser gives them in parts, an empty one last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return entries;
    entries.push(...part);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
