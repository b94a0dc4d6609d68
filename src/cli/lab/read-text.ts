/** Files as the lab's server opens them: never through a link that was put there a moment ago. */

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { RunError } from '../../runs/index.ts';
import { explained } from '../../runs/run-error.ts';

/** Through no link, and without waiting for whoever writes to a pipe. */
export const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a file.
 * @param most its bytes at most
 * @throws RunError where it is no file, larger, or cannot be read
 */
export function readText(path: string, most: number): string {
  const handle = explained('opening it', path, () => openSync(path, readOnly));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.size > most) {
      const what = stats.isFile() ? `has ${stats.size} bytes, more than ${most}` : 'is no file';
      throw new RunError('damaged', `${path} ${what}`, 'make the report again');
    }
    return explained('reading it', path, () => readFileSync(handle, 'utf8'));
  } finally {
    closeSync(handle);
  }
}
