/**
 * Trials made up for tests and examples of reports: times drawn from exponential distributions with a delay, values and leads
 * from uniform ones, all seeded; nothing is trained. The statistics are simple stand-ins of the right form.
 */

import { experimentFromObject } from '../../src/config/index.ts';
import type { TrialReport } from '../../src/figures/trial-report/trial-report.ts';
import type { Analysis, ArmSurvival, ComparisonResult, Verdict } from '../../src/trials/analysis.ts';
import type { RunResult } from '../../src/trials/results.ts';
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
  return {
    trial,
    results: {
      format: 1,
      trial: trial.name,
      registered: { date: '2026-11-25T10:00:00.000Z', hash: 'ab12'.repeat(16), plan: {} },
      grokscope: '0.1.0',
      numeric_version: 4,
      machines: ['AMD EPYC, 2 cores, Linux x64, Node 24.11.0'],
      runs,
    },
    analysis: standInAnalysis(trial, runs),
    changes: [],
    pilot: null,
    runs: '../../../runs/trials/weight-decay',
    repeat: 'grokscope trial run trials/weight-decay.yaml',
  };
}

function standInAnalysis(trial: Trial, runs: readonly RunResult[]): Analysis {
  const valuesOf = (arm: string, endpoint: string) =>
    runs
      .filter((run) => run.arm === arm)
      .flatMap((run) => {
        const { value, observed } = run.endpoints[endpoint];
        return value === null ? [] : [{ value, observed }];
      });
  const mean = (values: readonly { value: number }[]) =>
    values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const results = trial.rule.comparisons.map((comparison, i): ComparisonResult => {
    const { arm, endpoint, against } = comparison;
    const ratio = trial.endpoints[endpoint].kind === 'time';
    const own = mean(valuesOf(arm, endpoint));
    const other = 'arm' in against ? mean(valuesOf(against.arm, endpoint)) : 0;
    const effect = ratio ? own / other : own - other;
    const width = ratio ? 1.25 : 4;
    const interval = ratio
      ? { low: effect / width, high: effect * width }
      : { low: effect - width, high: i % 2 === 0 ? Number.POSITIVE_INFINITY : effect + width };
    const verdict: Verdict = (['supported', 'undecided', 'contradicted'] as const)[i % 3];
    return {
      comparison,
      pairs: trial.seeds.length,
      missing: i === 1 ? [3, 5] : [],
      effect,
      scale: ratio ? 'ratio' : 'difference',
      interval,
      p: 0.0123 * i + 1e-5,
      pHolm: 0.03 * i + 4e-5,
      pMinimal: 0.2 * i,
      pMinimalHolm: Math.min(1, 0.25 * i),
      verdict,
      reason: [
        'the effect is at least as large as the rule asks',
        'the interval holds both no effect and one that counts',
        'the effect goes the other way',
      ][i % 3],
      seedsNeeded: verdict === 'undecided' ? 64 : null,
      times: ratio
        ? {
            restrictedMeanDifference: own - other,
            restrictedMeanInterval: { low: own - other - 40, high: own - other + 40 },
            logRankChiSquared: 3.21 * i,
            logRankP: 0.07 / (i + 1),
            hazardRatio: i === 0 ? null : 1 / effect,
            hazardInterval: i === 0 ? null : { low: 0.7 / effect, high: 1.4 / effect },
          }
        : null,
    };
  });
  return {
    verdict: 'undecided',
    comparisons: results,
    survival: trial.arms.map(({ name }) => kaplanMeier(name, valuesOf(name, 'time to grok'))),
    arms: trial.arms.flatMap(({ name }) =>
      Object.keys(trial.endpoints).map((endpoint) => {
        const values = valuesOf(name, endpoint);
        return {
          endpoint,
          arm: name,
          runs: values.length,
          observed: values.filter(({ observed }) => observed).length,
          median: endpoint === 'time to grok' && name === trial.arms[0].name ? null : mean(values) * 0.9,
          mean: mean(values),
          quartiles: null,
        };
      }),
    ),
  };
}

/** The product-limit estimate with a band of a fixed width. */
function kaplanMeier(arm: string, values: readonly { value: number; observed: boolean }[]): ArmSurvival {
  const events = [...new Set(values.filter(({ observed }) => observed).map(({ value }) => value))].sort(
    (a, b) => a - b,
  );
  let survival = 1;
  const steps: ArmSurvival['steps'][number][] = [
    { time: 0, survival: 1, interval: { low: 1, high: 1 }, atRisk: values.length },
  ];
  for (const time of events) {
    const atRisk = values.filter(({ value }) => value >= time).length;
    const happened = values.filter(({ value, observed }) => observed && value === time).length;
    survival *= 1 - happened / atRisk;
    const half = 1.96 * Math.sqrt((survival * (1 - survival)) / values.length);
    const interval = { low: Math.max(0, survival - half), high: Math.min(1, survival + half) };
    steps.push({ time, survival, interval, atRisk });
  }
  const censored = values.filter(({ observed }) => !observed).map(({ value }) => value);
  return { endpoint: 'time to grok', arm, budget: 600, steps, censored };
}
