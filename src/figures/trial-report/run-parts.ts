/** The parts of the report about single runs, censoring, limits, and how to repeat it. */
import type { EndpointValue, RunResult } from '../../trials/results.ts';
import { escaped } from '../svg.ts';
import { counted, numberLabel } from './effect-words.ts';
import { type Block, type ReportPart, textBlock } from './report-part.ts';
import { grokkedStep, runThumbnails } from './run-thumbnails.ts';
import type { TrialReport } from './trial-report.ts';

/** A small picture of each run, and what was read off it. */
export function runsPart({ trial, results, runs: folder }: TrialReport): ReportPart {
  const { runs } = results;
  const last = runs.reduce((a, run) => Math.max(a, run.last_step, run.curve.at(-1)?.[0] ?? 0), 1);
  const pictures = trial.arms.map(({ name }, i) => {
    const own = runs.filter((run) => run.arm === name);
    return `<h3><span class="chip c${(i % 8) + 1}"></span>${escaped(name)}</h3>\n${runThumbnails(trial, own, folder, last)}`;
  });
  const marks = runs.some((run) => grokkedStep(trial, run) !== null)
    ? ' A green upright line marks where the run grokked.'
    : '';
  const endpoints = Object.keys(trial.endpoints);
  return {
    anchor: 'runs',
    heading: 'Every run',
    blocks: [
      textBlock(
        'Accuracy on the train set (blue) and on held-out examples (orange), from 0 to 100 %, over training steps on a log scale ' +
          `up to step ${last}, the same in all pictures.${marks}${runs.some((run) => run.diverged_at !== null) ? ' A cross marks where it diverged.' : ''} ` +
          'A picture leads to the folder of its run, and holding still over it shows its id. The folders are there where the trial ' +
          'was run; elsewhere the command below makes them again.',
      ),
      { kind: 'figure', markup: pictures.join('\n'), words: 'Accuracy curves of every run' },
      {
        kind: 'folded',
        summary: 'What was read off every run',
        block: {
          kind: 'table',
          columns: ['arm', 'seed', ...endpoints, 'run id'],
          rows: runs.map((run) => [
            run.arm,
            String(run.seed),
            ...endpoints.map((name) => valueWords(trial.endpoints[name]?.kind, run.endpoints[name])),
            run.run_id.slice(0, 12),
          ]),
        },
      },
    ],
  };
}

function valueWords(kind: string | undefined, read: EndpointValue | undefined): string {
  if (read === undefined || read.value === null) return '–';
  const value = numberLabel(read.value);
  if (read.observed) return value;
  return kind === 'time' ? `>${value}` : `${value} (a bound)`;
}

/** Budgets, early ends, divergence and what is missing. */
export function censoringPart({ trial, results }: TrialReport): ReportPart {
  const budgets = [...new Set(results.runs.map(({ budget }) => budget))].sort((a, b) => a - b);
  const diverged = results.runs.filter(({ diverged_at }) => diverged_at !== null);
  const missing = trial.arms.flatMap(({ name }) => {
    const there = new Set(results.runs.filter((run) => run.arm === name).map(({ seed }) => seed));
    const seeds = trial.seeds.filter((seed) => !there.has(seed));
    return seeds.length === 0
      ? []
      : [`“${name}”: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`];
  });
  const list = (items: readonly string[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
  return {
    anchor: 'censoring',
    heading: 'How times are censored',
    blocks: [
      textBlock(
        `Every run has a budget of ${budgets.map((budget) => counted(budget, 'training step')).join(' or ')}. A run that has not got ` +
          'there by then is not left out, which would favour slow arms: it is censored, that is, known to need longer than that. ' +
          'The statistics are made for such times.',
      ),
      ...(diverged.length === 0
        ? [textBlock('No run diverged.')]
        : [
            textBlock(
              'Runs that diverged count as never having done what they had not done by then, and are censored at the budget:',
            ),
            ...list(diverged.map((run) => `${named(run)} at step ${run.diverged_at}`)),
          ]),
      ...(missing.length === 0
        ? []
        : [
            textBlock('These runs are not there yet, so that the verdict is a preliminary one:'),
            ...list(missing),
          ]),
    ],
  };
}

const named = ({ arm, seed }: RunResult) => `“${arm}”, seed ${seed}`;

/** What the runs cannot show, as the file says. */
export function limitsPart({ trial }: TrialReport): ReportPart | null {
  if (trial.limits.length === 0) return null;
  return { anchor: 'limits', heading: 'Limits', blocks: [{ kind: 'list', items: trial.limits }] };
}

/** The command, versions and machines. */
export function repetitionPart({ results, repeat }: TrialReport): ReportPart {
  const { grokscope, numeric_version, machines } = results;
  return {
    anchor: 'repeat',
    heading: 'How to repeat it',
    blocks: [
      { kind: 'code', text: repeat },
      textBlock(
        'Runs whose results are there already are not computed again; to compute them all, name a new folder with --out and ' +
          '--runs. With the same numeric version every machine gives the same run ids, numbers and verdict.',
      ),
      {
        kind: 'list',
        items: [
          `grokscope ${grokscope}, numeric version ${numeric_version}`,
          ...machines.map((machine) => `computed on ${machine}`),
        ],
      },
    ],
  };
}
