/** A run of files that the reader opened, as the page reads one; it does not change any more. */

import type { RunState } from '../../src/cli/lab/served-runs.ts';
import { checkpointStep } from '../../src/runs/checkpoint-format.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { MetricsPart, MetricsPosition, RunSource, SourceDetail } from './run-source.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export class FilesSource implements RunSource {
  readonly isServed = false;
  readonly #opened: OpenedFiles;

  constructor(opened: OpenedFiles) {
    this.#opened = opened;
  }

  /** @throws Error in one sentence where meta.json is none that a run wrote */
  async detail(name: string): Promise<SourceDetail> {
    const meta = await this.#json('meta.json');
    if (!isObject(meta) || typeof meta.run_id !== 'string' || typeof meta.numeric_version !== 'string') {
      throw new Error(
        `${name}/meta.json does not describe a run; open the folder as grokscope train wrote it.`,
      );
    }
    const checkpoints = [...this.#opened.files.keys()].flatMap((file) => {
      const step = checkpointStep(file.slice('checkpoints/'.length));
      return step === undefined ? [] : [{ step }];
    });
    const { run_id, numeric_version } = meta;
    return { run_id, numeric_version, checkpoints: checkpoints.sort((a, b) => a.step - b.step) };
  }

  /** All whole lines at the first question, none at later ones. */
  async metrics(name: string, read?: MetricsPosition): Promise<MetricsPart> {
    const { run_id: runId } = await this.detail(name);
    if (read !== undefined)
      return { text: '', position: { ...read, from: read.end }, runId, state: 'finished' };
    const text = await this.text(name, 'metrics.csv');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole === '')
      throw new Error(`${name}/metrics.csv is empty, so there is nothing to show; open another run.`);
    const position = { from: 0, end: whole.length, edition: '' };
    return { text: whole, position, runId, state: await this.#state() };
  }

  /** @throws Error in one sentence */
  async text(name: string, file: string): Promise<string> {
    return (await this.#read(name, file)).text();
  }

  /** @throws Error with the end of a sentence about the checkpoint */
  async checkpoint(_name: string, file: string): Promise<Blob> {
    const found = this.#opened.files.get(file);
    if (found === undefined) throw new Error('it is not there');
    return found.read();
  }

  async #read(name: string, file: string): Promise<Blob> {
    const found = this.#opened.files.get(file);
    if (found === undefined) throw new Error(`${name}/${file} is missing; open a whole run directory.`);
    try {
      return await found.read();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${name}/${file} cannot be read: ${reason}.`, { cause: error });
    }
  }

  async #state(): Promise<RunState> {
    const summary = this.#opened.files.has('summary.json') ? await this.#json('summary.json') : undefined;
    if (isObject(summary) && summary.status === 'diverged') return 'diverged';
    return this.#opened.files.has('DONE') ? 'finished' : 'stopped';
  }

  /** Undefined where it is not JSON. */
  async #json(file: string): Promise<unknown> {
    const text = await this.text(this.#opened.name, file);
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
}
