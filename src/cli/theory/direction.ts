/** `grokscope theory direction`: what is trained or taken up again, and how its comparison is told. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Activation, type Experiment, parseExperiment } from '../../config/index.ts';
import { allowRevectorizer } from '../../engine/index.ts';
import { directionCurves } from '../../figures/theory/direction-curves.ts';
import { RunReader } from '../../runs/index.ts';
import type { DirectionOptions } from '../../theory/direction/options.ts';
import { REFERENCE_STEPS, referenceExperiment } from '../../theory/direction/reference.ts';
import {
  type DirectionRun,
  directionFromStates,
  directionOverTraining,
} from '../../theory/direction/training.ts';
import { checkpointState, checkpointSteps, refuseOtherArithmetic } from '../checkpoint-steps.ts';
import { UsageError } from '../failure.ts';
import type { Host } from '../host.ts';
import { countText } from '../number-words.ts';
import { loadNamed } from '../train/configuration.ts';
import { DirectionProgress } from './direction-progress.ts';
import { directionData, directionRemarks, directionTable, type SeedDirection } from './direction-words.ts';
import { rowObjects, type TheoryReport } from './report.ts';

export interface DirectionCommand {
  readonly config?: string;
  readonly run?: string;
  readonly checkpoints?: string;
  readonly seeds?: number;
  readonly seed?: number;
  readonly lambda?: number;
  readonly activation?: Activation;
  readonly steps?: number;
  readonly every?: number;
  readonly window?: number;
  readonly approach?: number;
  readonly approachRate?: number;
  readonly method?: DirectionOptions['method'];
  readonly tolerance?: number;
  readonly iterations?: number;
  readonly threads?: number;
}

/** @throws UsageError, ConfigError, RunError, TheoryError, DivergenceError */
export async function direction(
  overrides: readonly string[],
  command: DirectionCommand,
  host: Host,
): Promise<TheoryReport> {
  refuseMixtures(overrides, command);
  await allowRevectorizer();
  const options = optionsOf(command);
  const { run } = command;
  const results =
    run === undefined
      ? await trained(overrides, command, options, host)
      : await resumed(run, command, options, host);
  return reportOf(titleOf(command), results, command);
}

/** Options that would be passed over are refused. */
function refuseMixtures(overrides: readonly string[], command: DirectionCommand): void {
  const { config, run } = command;
  if (config !== undefined && run !== undefined) {
    throw new UsageError('theory direction takes --config or --run, got both; a run has its configuration');
  }
  const unused = (keys: readonly (keyof DirectionCommand)[], needs: string) => {
    const given = keys.find((key) => command[key] !== undefined);
    if (given !== undefined) throw new UsageError(`--${given} ${needs}`);
  };
  if (run !== undefined) {
    unused(
      ['seeds', 'seed', 'lambda', 'activation', 'steps', 'every'],
      'is of a training; with --run choose checkpoints with --checkpoints',
    );
  } else unused(['checkpoints'], 'names checkpoints of a run; give one with --run');
  if (config !== undefined)
    unused(['lambda', 'activation'], 'is of the network of the paper; with --config override a key instead');
  else if (overrides.length > 0) {
    throw new UsageError(`${overrides[0]} overrides a configuration; give one with --config`);
  }
}

function optionsOf(command: DirectionCommand): DirectionOptions {
  const { window, approach, approachRate, method, tolerance, iterations, config, run } = command;
  // The network of the paper is so small that threads only wait for one another.
  const cores = config === undefined && run === undefined ? 1 : availableParallelism();
  return {
    window,
    approachSteps: approach,
    approachRate,
    method,
    tolerance,
    mostIterations: iterations,
    threads: command.threads ?? cores,
  };
}

async function trained(
  overrides: readonly string[],
  command: DirectionCommand,
  options: DirectionOptions,
  host: Host,
): Promise<SeedDirection[]> {
  const { seeds = 1, lambda, activation } = command;
  const of = (seed: number | undefined): Experiment =>
    command.config === undefined
      ? referenceExperiment({ seed, lambda, activation })
      : loadNamed(command.config, [...overrides, ...(seed === undefined ? [] : [`seed=${seed}`])]).experiment;
  const first = command.seed ?? of(undefined).seed;
  const results: SeedDirection[] = [];
  const progress = new DirectionProgress(seeds * stepsOf(of(first), command).length, host);
  for (let seed = first; seed < first + seeds; seed++) {
    const experiment = of(seed);
    const steps = stepsOf(experiment, command);
    const last = steps[steps.length - 1];
    const direction = await directionOverTraining(experiment, {
      ...options,
      steps,
      ...followedBy(progress),
      onStep: (step) => {
        if (step % 100 === 0) progress.passing(`seed ${seed}: step ${countText(step)} of ${countText(last)}`);
      },
    });
    results.push({ seed, direction });
  }
  progress.end();
  return results;
}

function followedBy(progress: DirectionProgress): Pick<DirectionRun, 'onReady' | 'onRow'> {
  return { onReady: (comparison) => progress.ready(comparison), onRow: (row) => progress.row(row) };
}

/** Every so many steps, the last one included, from the first at which an update is whole. */
function stepsOf(experiment: Experiment, command: DirectionCommand): number[] {
  const { window = 10 } = command;
  const total =
    command.steps ?? (command.config === undefined ? REFERENCE_STEPS : experiment.train.total_steps);
  if (total < window) {
    throw new UsageError(
      `--steps: an update is taken over ${window} steps, got ${total} in all; train longer`,
    );
  }
  const every = command.every ?? Math.max(window, Math.ceil(total / 20));
  const steps: number[] = [];
  for (let step = every; step <= total - window; step += every) if (step >= window) steps.push(step);
  return [...steps, total];
}

async function resumed(
  folder: string,
  { checkpoints = 'all' }: DirectionCommand,
  options: DirectionOptions,
  host: Host,
): Promise<SeedDirection[]> {
  const run = new RunReader(folder);
  const { experiment } = parseExperiment(run.configText(), { file: join(folder, 'config.yaml') });
  const steps = checkpointSteps(checkpoints, run, '--checkpoints');
  refuseOtherArithmetic(run, 'go on from it');
  const states = steps.map((step) => checkpointState(run, step));
  const progress = new DirectionProgress(steps.length, host);
  const direction = await directionFromStates(experiment, states, { ...options, ...followedBy(progress) });
  progress.end();
  return [{ seed: experiment.seed, direction }];
}

function titleOf({ config, run, lambda, activation }: DirectionCommand): string {
  if (run !== undefined) return `Direction of ${run}`;
  if (config !== undefined) return `Direction of ${config}`;
  const changed = [activation, lambda === undefined ? undefined : `λ = ${lambda}`];
  return ['Direction of training, p = 11', ...changed.filter((word) => word !== undefined)].join(', ');
}

function reportOf(title: string, results: readonly SeedDirection[], command: DirectionCommand): TheoryReport {
  const svg = directionCurves({
    title,
    seeds: results.map(({ direction }) => direction.rows),
    zeroLoss: results[0].direction.zeroLoss,
  });
  const data = directionData(results);
  const { outputs, parameters, method, held, zeroLoss } = results[0].direction;
  return {
    json: { outputs, parameters, method, held, zero_loss: zeroLoss, rows: rowObjects(data) },
    tables: [directionTable(title, results)],
    remarks: directionRemarks(results, command.tolerance ?? 1e-10),
    figures: new Map(svg === null ? [] : [['direction', svg]]),
    data: new Map([['direction', data]]),
  };
}
