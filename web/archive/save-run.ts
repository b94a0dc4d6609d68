/** Saves the run that is trained here as a zip archive of its run directory; loaded when somebody asks for it. */

import type { MachineDescription } from '../../src/runs/machine-description.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { commandWords } from '../settings/written-settings.ts';
import { filesOfRun } from './run-files.ts';
import { writtenZip } from './written-zip.ts';

/**
 * @returns the name of the saved file
 * @throws Error in one sentence
 */
export async function saveRun(training: TrainingRun): Promise<string> {
  const experiment = training.experiment.value;
  const id = training.id.value;
  if (experiment === undefined || id === undefined)
    throw new Error('The run has not begun yet; try again in a moment.');
  const { dropped, all } = training.checkpoints;
  const folder = experiment.name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'run';
  const files = await filesOfRun({
    experiment,
    id,
    rows: training.recordedRows,
    checkpoints: all,
    isFinished: training.status.value.kind === 'finished',
    command: ['grokscope', ...commandWords(training.settings)],
    threads: training.computing.value?.threads ?? 1,
    started: training.started,
    version: GROKSCOPE_VERSION,
    machine: thisBrowser(),
    notices: [
      ...training.notices.value,
      'it was trained in the lab, in a browser; the command here makes the same run',
      ...(dropped === 0
        ? []
        : [`the page could not keep all checkpoints; ${dropped} of them are missing here`]),
    ],
  });
  const parts = writtenZip(files.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes })));
  const name = `${folder}.zip`;
  saveBlob(new Blob(parts, { type: 'application/zip' }), name);
  return name;
}

function thisBrowser(): MachineDescription {
  return {
    cpu: 'unknown',
    cores: navigator.hardwareConcurrency,
    memory_bytes: null,
    platform: 'browser',
    arch: 'wasm32',
    system_release: navigator.userAgent,
    node: null,
    v8: null,
  };
}

function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
