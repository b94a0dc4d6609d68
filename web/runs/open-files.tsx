/** Opens a run directory of the reader's: dropped anywhere onto the page, or chosen by buttons. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Lab } from '../state/lab.ts';
import { chosenRun, droppedRun } from './dropped-files.ts';
import type { FileRuns } from './file-runs.ts';
import type { OpenedFiles } from './opened-files.ts';
import { openRun } from './opened-run.ts';

/** Not among the attributes that Preact knows. */
const wholeFolder = { webkitdirectory: true };

export function OpenFiles({ lab, own }: { lab: Lab; own: FileRuns }) {
  const fault = useSignal<string | undefined>(undefined);
  const archive = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const open = async (files: Promise<OpenedFiles>) => {
    try {
      const { name, source } = own.add(await files);
      fault.value = undefined;
      openRun(lab, source, name);
    } catch (error) {
      fault.value = error instanceof Error ? error.message : String(error);
    }
  };
  const openChosen = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const chosen = [...(currentTarget.files ?? [])];
    // So that the same file can be chosen again.
    currentTarget.value = '';
    if (chosen.length > 0) await open(chosenRun(chosen));
  };
  useEffect(() => takeDrops((files) => void open(files)), []);
  return (
    <div class="open-files">
      <p class="actions">
        <button type="button" onClick={() => archive.current?.click()}>
          Open a zip …
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          Open a folder …
        </button>
      </p>
      <p class="muted">
        Runs from elsewhere: choose one, or drop it onto the page. Nothing is sent anywhere.
      </p>
      <input ref={archive} id="run-archive" type="file" accept=".zip" hidden onChange={openChosen} />
      <input ref={folder} id="run-folder" type="file" {...wholeFolder} hidden onChange={openChosen} />
      {fault.value !== undefined && (
        <div class="fault" role="alert">
          <p>{fault.value}</p>
          <button
            type="button"
            onClick={() => {
              fault.value = undefined;
            }}
          >
            Understood
          </button>
        </div>
      )}
    </div>
  );
}

/** Handles files that are dropped onto the page, which the browser would otherwise open in its place. */
function takeDrops(open: (files: Promise<OpenedFiles>) => void): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    open(droppedRun(event.dataTransfer));
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}
