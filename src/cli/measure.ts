/** Measures taken of a run afterwards: its checkpoints put back into its network one after the other. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Experiment, parseExperiment } from '../config/index.ts';
import { type MeasureName, measureNames } from '../config/schema/measures.ts';
import { allowRevectorizer, Machine } from '../engine/index.ts';
import { type MeasuredValues, MeasureRefusal, measuresOf, openMeasures } from '../measures/index.ts';
import { meanOf, randomLabelsNull, untrainedNulls } from '../measures/nulls.ts';
import { formatNumber, RunReader } from '../runs/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { macrotask } from '../training/macrotask.ts';
import { Trainer } from '../training/trainer.ts';
import { checkpointSteps, refuseOtherArithmetic, restoreCheckpoint } from './checkpoint-steps.ts';
import { UsageError } from './failure.ts';
import type { Host } from './host.ts';

export interface MeasureOptions {
  readonly measures?: string;
  readonly steps: string;
  readonly nulls?: boolean;
  readonly threads?: number;
}

/** Other initial weights that the untrained null is the mean of. */
const NULL_SEEDS = 5;

/** @throws UsageError, RunError */
export async function measureRun(folder: string, options: MeasureOptions, host: Host): Promise<void> {
  const run = new RunReader(folder);
  const { experiment } = parseExperiment(run.configText(), { file: join(folder, 'config.yaml') });
  const names = namesOf(options.measures, experiment);
  const steps = checkpointSteps(options.steps, run, '--steps');
  refuseOtherArithmetic(run, 'measure it');
  await allowRevectorizer();
  const open = () => Machine.open({ threads: options.threads ?? availableParallelism() });
  const machine = await open();
  try {
    const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
    const measures = opened(
      trainer,
      options.measures === undefined && measuresOf(experiment).length > 0 ? undefined : names,
    );
    const table = new Table('step', host);
    for (const step of steps) {
      restoreCheckpoint(trainer, run, step);
      table.row(String(step), measures.values(step));
    }
  } finally {
    await machine.close();
  }
  if (options.nulls) await printNulls(experiment, names, steps.at(-1) as number, open, host);
}

async function printNulls(
  experiment: Experiment,
  names: MeasureName[],
  steps: number,
  open: () => Promise<Machine>,
  host: Host,
): Promise<void> {
  const table = new Table('null', host);
  const seeds = Array.from({ length: NULL_SEEDS }, (_, i) => experiment.seed + 1 + i);
  table.row('untrained', meanOf(await untrainedNulls(experiment, names, seeds, open)));
  const machine = await open();
  try {
    table.row('random_labels', await randomLabelsNull(experiment, names, steps, machine, () => macrotask()));
  } finally {
    await machine.close();
  }
}

/** @param names by default those of the experiment */
function opened(trainer: Trainer, names: MeasureName[] | undefined) {
  try {
    return openMeasures(trainer.probe, names);
  } catch (error) {
    if (error instanceof MeasureRefusal) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function namesOf(given: string | undefined, experiment: Experiment): MeasureName[] {
  if (given === undefined) {
    const configured = measuresOf(experiment);
    return configured.length > 0 ? configured : ['spectrum'];
  }
  return given.split(',').map((word) => {
    const found = measureNames.find((name) => name === word.trim());
    if (found !== undefined) return found;
    throw new UsageError(
      `--measures needs names of ${measureNames.join(', ')}, got ${word.trim() || 'nothing'}`,
    );
  });
}

/** Lines of CSV; the columns are those of the first row. */
class Table {
  readonly #label: string;
  readonly #host: Host;
  #columns: readonly string[] | undefined;

  constructor(label: string, host: Host) {
    this.#label = label;
    this.#host = host;
  }

  row(label: string, values: MeasuredValues): void {
    if (this.#columns === undefined) {
      this.#columns = Object.keys(values).filter((name) => values[name] !== undefined);
      this.#host.out.write(`${[this.#label, ...this.#columns].join(',')}\n`);
    }
    const cells = this.#columns.map((name) => {
      const value = values[name];
      return value === undefined ? '' : formatNumber(value);
    });
    this.#host.out.write(`${[label, ...cells].join(',')}\n`);
  }
}
