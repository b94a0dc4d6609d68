/** How to have the same run again: its id, the command that makes it, a link, and its numbers. */

import { signal } from '@preact/signals';
import { stepLabel } from '../../src/figures/number-labels.ts';
import { metricsCsv } from '../run/metrics-csv.ts';
import type { Computing } from '../run/played-run.ts';
import type { SavedUpTo, TrainingRun } from '../run/training-run.ts';
import { commandLineOf } from '../settings/written-settings.ts';
import type { Lab } from '../state/lab.ts';
import { linkTo } from './follow-address.ts';

/** What became of the last thing that was taken. */
export const copied = signal('');

export async function copy(what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    copied.value = `The ${what} is in the clipboard.`;
  } catch {
    copied.value = `The browser did not let the ${what} be copied; it is: ${text}`;
  }
}

function saveMetrics(training: TrainingRun): void {
  saveText(`${training.name.value}-metrics.csv`, metricsCsv(training.recordedRows));
}

/** Hands a table to the browser. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function exportRun(training: TrainingRun): Promise<void> {
  try {
    const { saveRun } = await import('../archive/save-run.ts');
    const name = await saveRun(training);
    copied.value = `${name} is saved: a run directory, which the command line opens when it is unpacked.`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    copied.value = `The run could not be exported: ${reason.replace(/\.$/, '')}. Reload the page if this goes on; its link trains it again.`;
  }
}

export function RunFacts({ lab, training }: { lab: Lab; training: TrainingRun }) {
  const status = training.status.value;
  const computing = training.computing.value;
  const isFork = training.isFork;
  return (
    <section class="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">The same run elsewhere</h2>
      {isFork && (
        <p>
          This is a fork: no command makes it. {forkLinkWords(lab)} metrics.csv has the rows of both, up to
          the fork and from there on.
        </p>
      )}
      <dl>
        {!isFork && (
          <>
            <dt>Run id</dt>
            <dd>
              <code id="run-id">{training.id.value ?? '…'}</code>
            </dd>
            <dt>On the command line</dt>
            <dd>
              <code>{commandLineOf(training.settings)}</code>
            </dd>
          </>
        )}
        {status.kind === 'finished' && status.weights !== undefined && (
          <>
            <dt>SHA-256 of the final weights</dt>
            <dd>
              <code id="weights">{status.weights}</code>
            </dd>
          </>
        )}
        <dt>Saved in this browser</dt>
        <dd id="saved">{savedWords(training.saved.value, status.kind === 'finished')}</dd>
        <dt>Computed on</dt>
        <dd>{computing === undefined ? '…' : computingWords(computing)}</dd>
      </dl>
      <p class="actions">
        {lab.isLinked.value && (
          <button type="button" onClick={() => copy('link', linkTo(lab))}>
            Copy link
          </button>
        )}
        {!isFork && (
          <button type="button" onClick={() => copy('command', commandLineOf(training.settings))}>
            Copy command
          </button>
        )}
        <button
          type="button"
          disabled={training.rows.value.length === 0}
          onClick={() => saveMetrics(training)}
        >
          Save metrics.csv
        </button>
        {!isFork && (
          <button
            type="button"
            disabled={training.rows.value.length === 0}
            onClick={() => exportRun(training)}
          >
            Export the run
          </button>
        )}
      </p>
      <p role="status">{copied.value}</p>
    </section>
  );
}

function forkLinkWords(lab: Lab): string {
  if (!lab.isLinked.value)
    return 'No link leads to it either, because the run it left was opened from files;';
  return lab.opened.value === undefined
    ? 'The link trains the original again and forks it where it was forked here, to the same bits;'
    : 'The link opens the recorded run from this server and forks it again, to the same bits;';
}

function savedWords(saved: SavedUpTo | undefined, isFinished: boolean): string {
  if (saved === undefined) return 'not yet';
  return 'step' in saved
    ? `up to step ${stepLabel(saved.step)}: a reload ${isFinished ? 'shows it' : 'goes on there'}`
    : `no, because ${saved.refusal}; a reload begins again`;
}

export function computingWords({ threads, kernels }: Computing): string {
  const thread = threads === 1 ? 'one thread' : `${threads} threads`;
  const shared = globalThis.crossOriginIsolated
    ? ''
    : ' (this page was served without the headers that let threads share memory)';
  const slow =
    kernels === 'fused'
      ? ''
      : '; this browser lacks fused multiply-add, which is emulated: much slower, the same bits';
  return `${thread}${shared}${slow}. The bits do not depend on it.`;
}
