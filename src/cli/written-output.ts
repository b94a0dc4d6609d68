/** Files a command writes where it was told to: whole or not at all, in folders that are made. */

import { dirname } from 'node:path';
import { nodeFileSystem, RunError, writeAtomically } from '../runs/index.ts';
import { explained } from '../runs/run-error.ts';

/**
 * Writes a file, making its folder.
 * @throws RunError that ends with `wayOut`
 */
export function writeOutput(path: string, content: string | Uint8Array, wayOut: string): void {
  try {
    const folder = dirname(path);
    explained('making the folder', folder, () => nodeFileSystem.makeFolder(folder));
    writeAtomically(path, content);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new RunError(error.code, error.problem, wayOut, { cause: error });
  }
}
