/** The runs that the reader opened from files, as long as the page is there. */

import { signal } from '@preact/signals';
import { FilesSource } from './files-source.ts';
import type { OpenedFiles } from './opened-files.ts';

export interface FileRun {
  /** Each its own, whatever the files were called. */
  readonly name: string;
  readonly source: FilesSource;
}

export class FileRuns {
  readonly runs = signal<readonly FileRun[]>([]);

  add(opened: OpenedFiles): FileRun {
    const names = this.runs.value.map(({ name }) => name);
    let name = opened.name;
    for (let count = 2; names.includes(name); count++) name = `${opened.name} (${count})`;
    const run = { name, source: new FilesSource({ ...opened, name }) };
    this.runs.value = [...this.runs.value, run];
    return run;
  }
}
