/** A file that grows by whole lines: whatever stops the writing, what is read later ends with a line's end. */

import { type FileSystem, nodeFileSystem, writeAll } from './file-system.ts';
import { explained } from './run-error.ts';

const lineFeed = 10;

/** Length in bytes of the whole lines at the start of a file: all up to and with the last line feed. */
export function wholeLinesLength(bytes: Uint8Array): number {
  return bytes.lastIndexOf(lineFeed) + 1;
}

/** A file that grows by whole pieces of text. */
export class AppendFile {
  readonly path: string;
  readonly #disk: FileSystem;
  readonly #handle: number;
  #length: number;
  #torn: boolean;
  #open = true;

  /**
   * Opens or creates the file and cuts a torn last line off. One process may have it open at a time.
   * @throws RunError
   */
  constructor(path: string, disk: FileSystem = nodeFileSystem) {
    this.path = path;
    this.#disk = disk;
    this.#handle = explained('opening it for appending', path, () => disk.open(path, 'edit'));
    try {
      const bytes = explained('reading it', path, () => disk.read(path));
      this.#length = wholeLinesLength(bytes);
      this.#torn = this.#length < bytes.length;
      explained('cutting off its torn last line', path, () => this.#repair());
    } catch (error) {
      disk.close(this.#handle);
      throw error;
    }
  }

  /** Bytes of whole lines in the file. */
  get length(): number {
    return this.#length;
  }

  /**
   * Appends lines (each ended by a line feed) in one write. When that fails the file is as it was before.
   * @throws RunError
   */
  append(lines: string): void {
    if (lines === '') return;
    if (!lines.endsWith('\n')) throw new Error('internal: only whole lines are appended');
    if (!this.#open) throw new Error(`internal: ${this.path} is closed`);
    const bytes = new TextEncoder().encode(lines);
    explained('appending to it', this.path, () => {
      this.#repair();
      this.#torn = true;
      try {
        writeAll(this.#disk, this.#handle, bytes, this.#length);
        this.#length += bytes.length;
        this.#torn = false;
      } catch (error) {
        this.#repairQuietly();
        throw error;
      }
    });
  }

  /** Returns once all lines are on the disk. */
  sync(): void {
    explained('writing it to the disk', this.path, () => this.#disk.sync(this.#handle));
  }

  /** Closing twice does nothing: the system may have given the handle to another file by then. */
  close(): void {
    if (this.#open) this.#disk.close(this.#handle);
    this.#open = false;
  }

  #repair(): void {
    if (!this.#torn) return;
    this.#disk.truncate(this.#handle, this.#length);
    this.#torn = false;
  }

  #repairQuietly(): void {
    try {
      this.#repair();
    } catch {
      // The next append, or the next process that opens the file, repairs it.
    }
  }
}
