/** `grokscope theory cost`: reads finished runs and tells what they cost. */

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Experiment, parseExperiment } from '../../config/index.ts';
import { costBars } from '../../figures/theory/cost-bars.ts';
import { RunReader } from '../../runs/index.ts';
import { earlyStop } from '../../theory/cost/early-stopping.ts';
import { costOf, type EnergyEstimate, WATTS_PER_THREAD } from '../../theory/cost/run-cost.ts';
import { meanStepFlops } from '../../theory/cost/step-flops.ts';
import { findMilestones } from '../../training/milestones.ts';
import { accuracyCurvesOf, seriesOf } from '../../training/summary.ts';
import { UsageError } from '../failure.ts';
import { expandPattern } from '../folder-pattern.ts';
import { milestonesOfRun } from '../milestone-thresholds.ts';
import { costData, costRemarks, costTables } from './cost-words.ts';
import type { CostOptions, RunCost, Stopping } from './costed-run.ts';
import { rowObjects, type TheoryReport } from './report.ts';

/** @throws UsageError, RunError, ConfigError */
export function cost(words: readonly string[], options: CostOptions): TheoryReport {
  if (options.watts !== undefined && options.joulesPerFlop !== undefined) {
    throw new UsageError('theory cost takes --watts or --joules-per-flop, got both; give the one you know');
  }
  const folders = [...new Set(words.flatMap(runFolders))];
  const flops = new Map<string, number>();
  const runs = folders.map((folder) => runCost(folder, options, flops));
  const data = costData(runs);
  const svg = costBars(runs);
  return {
    tables: costTables(runs),
    json: { runs: rowObjects(data) },
    remarks: costRemarks(runs, options),
    figures: new Map(svg === null ? [] : [['cost', svg]]),
    data: new Map([['cost', data]]),
  };
}

/** A run, those that a pattern finds, or those below a folder. */
function runFolders(word: string): string[] {
  const found = expandPattern(word).flatMap((folder) =>
    existsSync(join(folder, 'meta.json')) || !existsSync(folder) ? [folder] : runsBelow(folder),
  );
  if (found.length === 0)
    throw new UsageError(`no run at ${word}, nor below it; name folders that grokscope train wrote`);
  return found;
}

function runsBelow(folder: string): string[] {
  return expandPattern(join(folder, '**')).filter((below) => existsSync(join(below, 'meta.json')));
}

function runCost(folder: string, options: CostOptions, known: Map<string, number>): RunCost {
  const run = new RunReader(folder);
  const { rows } = run.metrics(['loss', 'accuracy']);
  const { threads } = run.meta;
  const flopsPerStep = flopsOf(run, known);
  const timing = run.timing();
  const { joulesPerFlop, watts = WATTS_PER_THREAD * threads, patience } = options;
  const energy: EnergyEstimate = joulesPerFlop === undefined ? { watts } : { joulesPerFlop };
  const upTo = (steps: number) => costOf(steps, { flopsPerStep, timing, energy });
  const curves = accuracyCurvesOf(rows);
  const milestones = findMilestones(curves, milestonesOfRun(run));
  if (milestones.last_step === null)
    throw new UsageError(`${folder} has no evaluation yet; wait for its first one`);
  const heldOut = curves.test?.length ? curves.test : curves.val;
  const accuracyAt = (step: number) =>
    heldOut.findLast((point) => point.step <= step)?.accuracy ?? Number.NaN;
  const stopping = (['loss', 'accuracy'] as const).map((on): Stopping => {
    const stop = earlyStop(seriesOf(rows, 'val', on), {
      better: on === 'loss' ? 'lower' : 'higher',
      patience,
    });
    if (stop === null) return { on, stop };
    const [accuracy, bestAccuracy] = [accuracyAt(stop.step), accuracyAt(stop.bestStep)];
    return { on, stop: { ...stop, cost: upTo(stop.step), accuracy, bestAccuracy } };
  });
  const { memorized_step: memorized, grokked_step: grokked } = milestones;
  return {
    name: relative(process.cwd(), folder) || folder,
    done: run.done,
    threads,
    flopsPerStep,
    memorized: memorized === null ? null : upTo(memorized),
    grokked: grokked === null ? null : upTo(grokked),
    whole: upTo(milestones.last_step),
    finalAccuracy: heldOut.at(-1)?.accuracy ?? Number.NaN,
    stopping,
  };
}

/** Runs that differ in their seeds only have the same plan, up to how the split falls. */
function flopsOf(run: RunReader, known: Map<string, number>): number {
  const file = join(run.path, 'config.yaml');
  const { experiment } = parseExperiment(run.configText(), { file });
  const key = shapeOf(experiment);
  const flops = known.get(key) ?? meanStepFlops(experiment);
  known.set(key, flops);
  return flops;
}

function shapeOf({ task, dataset, loader, model, train, laplacian_penalty }: Experiment): string {
  // A hash split has another number of train examples for each seed.
  const { seed, ...data } = dataset;
  const split = 'split' in data && data.split === 'hash' ? seed : null;
  return JSON.stringify([task, data, split, loader, model, { ...train, lr: 0 }, laplacian_penalty]);
}
