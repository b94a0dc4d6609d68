/** Costs as tables, as CSV, and in sentences. */

import { type Cost, sumOf, WATTS_PER_THREAD } from '../../theory/cost/run-cost.ts';
import { quantity } from '../explain-plan/columns.ts';
import { countText, durationText, shareText, UNKNOWN } from '../number-words.ts';
import type { CostOptions, RunCost, Stopping } from './costed-run.ts';
import type { CsvData, NumberTable } from './report.ts';

/** First what it cost, then what early stopping would have lost. */
export function costTables(runs: readonly RunCost[]): NumberTable[] {
  return [
    {
      title: 'Cost of training',
      columns: ['run', 'up to', 'steps', 'FLOPs', 'time', 'energy'],
      rows: [...runs.flatMap(ofRun), ...(runs.length > 1 ? total(runs) : [])],
    },
    {
      title: 'Had training been stopped early, on validation',
      columns: [
        'run',
        'on',
        'stops at',
        'held-out there',
        'best weights',
        'at the end',
        'lost',
        'FLOPs saved',
      ],
      rows: runs.flatMap((run) => run.stopping.map((stopping) => stoppingRow(run, stopping))),
    },
  ];
}

type Row = (string | number)[];

function ofRun({ name, memorized, grokked, whole }: RunCost): Row[] {
  return [
    costRow(name, 'memorised', memorized),
    costRow('', 'grokked', grokked),
    costRow('', 'its end', whole),
  ];
}

function costRow(name: string, upTo: string, cost: Cost | null, prefix = ''): Row {
  if (cost === null) return [name, upTo, 'not seen', UNKNOWN, UNKNOWN, UNKNOWN];
  const { steps, flops, seconds, joules } = cost;
  return [
    name,
    upTo,
    prefix + countText(steps),
    prefix + quantity(flops),
    seconds === null ? UNKNOWN : prefix + durationText(seconds),
    joules === null ? UNKNOWN : prefix + energyText(joules),
  ];
}

/** Runs that did not get there have cost at least all that they did. */
function total(runs: readonly RunCost[]): Row[] {
  const rows = (['memorized', 'grokked'] as const).map((key): Row => {
    const missing = runs.filter((run) => run[key] === null).length;
    const words = `${key === 'memorized' ? 'memorised' : 'grokked'}${missing > 0 ? ` (${missing} not)` : ''}`;
    const sum = sumOf(runs.map((run) => run[key] ?? run.whole));
    return costRow(key === 'memorized' ? `all ${runs.length} runs` : '', words, sum, missing > 0 ? '≥ ' : '');
  });
  return [...rows, costRow('', 'their ends', sumOf(runs.map(({ whole }) => whole)))];
}

function stoppingRow({ name, finalAccuracy, whole }: RunCost, { on, stop }: Stopping): Row {
  const first = on === 'loss' ? name : '';
  const end = shareText(finalAccuracy);
  if (stop === null) return [first, on, 'never', UNKNOWN, UNKNOWN, end, UNKNOWN, UNKNOWN];
  const points = 100 * (finalAccuracy - stop.accuracy);
  return [
    first,
    on,
    countText(stop.step),
    shareText(stop.accuracy),
    shareText(stop.bestAccuracy),
    end,
    Number.isFinite(points) ? `${points.toFixed(1)} points` : UNKNOWN,
    quantity(whole.flops - stop.cost.flops),
  ];
}

/** `42.0 J`, `1.23 kJ`. */
function energyText(joules: number): string {
  return joules >= 999.5 ? `${quantity(joules)}J` : `${Number(joules.toPrecision(3))} J`;
}

/** A row for each run. Cells of what was not seen are empty. */
export function costData(runs: readonly RunCost[]): CsvData {
  const costs = ['memorized', 'grokked', 'whole'] as const;
  const quantities = ['steps', 'flops', 'seconds', 'joules'] as const;
  return {
    columns: [
      'run',
      'threads',
      'flops_per_step',
      ...costs.flatMap((name) => quantities.map((unit) => `${name}_${unit}`)),
      'final_accuracy',
      ...['loss', 'accuracy'].flatMap((on) =>
        ['step', 'best_step', 'accuracy', 'best_accuracy'].map((what) => `stop_on_${on}_${what}`),
      ),
    ],
    rows: runs.map(
      (run): Row => [
        // A name with a comma or quote would need quoting, which the format does without.
        run.name.replace(/[",\n]/g, '_'),
        run.threads,
        run.flopsPerStep,
        ...costs.flatMap((name) => quantities.map((unit) => run[name]?.[unit] ?? '')),
        run.finalAccuracy,
        ...run.stopping.flatMap(
          ({ stop }): Row =>
            stop === null ? ['', '', '', ''] : [stop.step, stop.bestStep, stop.accuracy, stop.bestAccuracy],
        ),
      ],
    ),
  };
}

/** By which constants and conventions the numbers are what they are. */
export function costRemarks(runs: readonly RunCost[], options: CostOptions): string[] {
  const { watts, joulesPerFlop, patience } = options;
  const source =
    joulesPerFlop !== undefined
      ? `${joulesPerFlop} J for each FLOP, as given`
      : watts !== undefined
        ? `${watts} W while training, as given`
        : `${WATTS_PER_THREAD} W for each thread while training, the power of a core of an unknown processor in the Green Algorithms ` +
          'calculator (Lannelongue et al. 2021, doi:10.1002/advs.202100707), without memory and cooling; give a measured one with --watts';
  const remarks = [
    'FLOPs are those of training steps as the plan counts them (grokscope explain-plan), without evaluations; seconds are those of ' +
      'timing.csv, with them.',
    `Energy is estimated, not measured: ${source}.`,
    `Early stopping ends training after ${patience} evaluations without a new best. “Lost” is held-out accuracy at the end minus at the stop.`,
  ];
  const unfinished = runs.filter(({ done }) => !done).map(({ name }) => name);
  if (unfinished.length > 0)
    remarks.push(`Not finished, counted as far as it has come: ${unfinished.join(', ')}.`);
  return remarks;
}
