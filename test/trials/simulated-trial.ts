/**
 * Trials made up for tests and examples of reports: times drawn from exponential distributions with a delay, values and leads
 * from uniform ones, all seeded; nothing is trained.
 */

import { experimentFromObject } from '../../src/config/index.ts';
import type { TrialReport } from '../../src/figures/trial-report/trial-report.ts';
import { analyse } from '../../src/trials/analyse.ts';
import type { RunResult, TrialResults } from '../../src/trials/results.ts';
import type { Comparison, Endpoint, Trial } from '../../src/trials/trial.ts';

export interface SimulatedTrial {
  /** Arms with the mean time at which they grok, in steps. */
  readonly arms: Readonly<Record<string, number>>;
  readonly seeds: number;
  readonly budget?: number;
  /** Seeds that diverge in the last arm. */
  readonly diverging?: readonly number[];
}

/** A linear congruential generator (Numerical Recipes): noise in (0, 1) that is the same everywhere. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
}

const endpoints: Record<string, Endpoint> = {
  'time to grok': { kind: 'time', event: { milestone: 'grokked' }, after: null },
  'lead of the diagonal': {
    kind: 'lead',
    event: {
      column: 'spectral_diagonal_share',
      split: 'train',
      direction: 'reaches',
      value: 0.43,
      patience: 1,
    },
    over: { milestone: 'grokked' },
  },
  'final norm': { kind: 'value', column: 'weight_norm', split: 'train', at: 'last' },
};

/** A report as the command line would bundle it. */
export function simulatedReport(simulation: SimulatedTrial): TrialReport {
  const { budget = 600, diverging = [] } = simulation;
  const names = Object.keys(simulation.arms);
  const seeds = Array.from({ length: simulation.seeds }, (_, seed) => seed);
  const runs = names.flatMap((arm, index) =>
    seeds.map((seed): RunResult => {
      const random = noise(1000 * index + 7 * seed + 3);
      random();
      const drawn = 40 - simulation.arms[arm] * 0.8 * Math.log(random());
      const broken = index === names.length - 1 && diverging.includes(seed);
      const grokked = broken || drawn > budget ? null : Math.round(drawn / 2) * 2;
      const last = grokked === null ? budget : Math.min(budget, grokked + 40);
      const steps = Array.from({ length: 24 }, (_, i) => Math.round((last + 1) ** (i / 23) - 1));
      return {
        arm,
        seed,
        run_id: `${(0x1000000 + index * 4096 + seed).toString(16)}`.repeat(9).padEnd(64, '0').slice(0, 64),
        folder: `${arm.replace(/\W+/g, '-')}/seed-${String(seed).padStart(3, '0')}`,
        budget,
        last_step: broken ? 120 : last,
        diverged_at: broken ? 120 : null,
        endpoints: {
          'time to grok': { value: grokked ?? budget, observed: grokked !== null },
          'lead of the diagonal': {
            value: Math.round(60 * random() - 20 + 8 * index),
            observed: grokked !== null,
          },
          'final norm': { value: broken ? null : 30 - 3 * index + 4 * random(), observed: true },
        },
        curve: steps
          .filter((step) => !broken || step <= 120)
          .map((step) => [
            step,
            Math.round(1000 * Math.min(1, (step + 1) / 25)) / 1000,
            Math.round(1000 * Math.min(1, 0.05 + ((step + 1) / ((grokked ?? 9 * budget) + 4)) ** 3)) / 1000,
          ]),
      };
    }),
  );
  const against = (arm: string): Comparison => ({
    name: `${arm} against ${names[0]}`,
    arm,
    endpoint: 'time to grok',
    against: { arm: names[0] },
    expect: 'smaller',
    by: 0.8,
    test: 'restricted_mean',
  });
  const comparisons: Comparison[] = [
    ...names.slice(1).map(against),
    {
      name: 'the diagonal comes first',
      arm: names[names.length - 1],
      endpoint: 'lead of the diagonal',
      against: { number: 0 },
      expect: 'larger',
      by: 10,
      test: 'wilcoxon',
    },
    {
      name: 'norms agree',
      arm: names[names.length - 1],
      endpoint: 'final norm',
      against: { arm: names[0] },
      expect: 'same',
      by: 5,
      test: 'sign',
    },
  ];
  const trial: Trial = {
    name: 'weight-decay',
    question: 'Does stronger weight decay alone make a network understand sooner?',
    claim: 'Weight decay drives grokking; the wait is inversely proportional to its strength.',
    source: 'Liu, Michaud and Tegmark 2023, arXiv:2210.01117',
    limits: ['One task and one architecture.', 'Learning rate and width were not varied with <decay>.'],
    seeds,
    arms: names.map((name) => ({
      name,
      about: name === names[0] ? 'the control' : '',
      experiment: (seed) => experimentFromObject({ seed }).experiment,
    })),
    endpoints,
    rule: { level: 0.05, supportedWhen: 'all', comparisons },
  };
  const results: TrialResults = {
    format: 1,
    trial: trial.name,
    registered: { date: '2026-11-25', hash: 'ab12'.repeat(16), plan: {} },
    grokscope: '0.1.0',
    numeric_version: 4,
    machines: ['AMD EPYC, 2 cores, Linux x64, Node 24.11.0'],
    runs,
  };
  return {
    trial,
    results,
    analysis: analyse(trial, results),
    changes: [],
    pilot: null,
    runs: '../../../runs/trials/weight-decay',
    repeat: 'grokscope trial run trials/weight-decay.yaml',
  };
}
