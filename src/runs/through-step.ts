/** How a resumed run takes back the rows it will write again: a table of steps, cut after the checkpoint's step. */

import { wholeLinesLength } from './append-file.ts';
import { writeAtomically } from './atomic-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { explained, RunError } from './run-error.ts';

/**
 * The header and the lines whose step, their first cell, is at most `step`. Columns at the right that thereby lost
 * their last value go too, except the first `always`: the text is the one that was there when `step` was written.
 * @throws RunError naming file and line when a line does not begin with a step.
 */
export function throughStep(text: string, step: number, always: number, file: string): string {
  const [header, ...lines] = text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(','));
  if (header === undefined) return '';
  const kept = lines.filter(([cell], index) => {
    if (/^\d+$/.test(cell)) return Number(cell) <= step;
    throw new RunError(
      'damaged',
      `${file}:${index + 2}: column 'step' holds '${cell}', expected a whole number`,
      'correct that line, or train again with --overwrite',
    );
  });
  let width = header.length;
  while (width > always && kept.every((cells) => (cells[width - 1] ?? '') === '')) width--;
  return [header, ...kept].map((cells) => `${cells.slice(0, width).join(',')}\n`).join('');
}

/** The whole lines of a file as text; its torn last line, if there is one, is left out. */
export function readWholeLines(path: string, disk: FileSystem = nodeFileSystem): string {
  const bytes = explained('reading it', path, () => disk.read(path));
  return new TextDecoder().decode(bytes.subarray(0, wholeLinesLength(bytes)));
}

/** Shortens the file to its rows of steps ≤ `step`, all at once (throughStep). A missing file stays missing. */
export function truncateToStep(
  path: string,
  step: number,
  always: number,
  disk: FileSystem = nodeFileSystem,
): void {
  if (explained('looking at it', path, () => disk.kind(path)) === 'missing') return;
  const text = readWholeLines(path, disk);
  const kept = throughStep(text, step, always, path);
  if (kept !== text) writeAtomically(path, kept, disk);
}
