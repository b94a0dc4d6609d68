/** `--predict`: from the simulation alone, when real runs grok, over weight decays, train fractions and seeds. */

import type { Experiment } from '../../../config/index.ts';
import { allowRevectorizer, Machine } from '../../../engine/index.ts';
import { predictedObserved } from '../../../figures/theory/predicted-observed.ts';
import { buildDataset } from '../../../tasks/index.ts';
import type { GeometricMean } from '../../../theory/isolated/geometric-mean.ts';
import { BALANCED_CLOCK, isolatedGrokTau, observedGrok } from '../../../theory/isolated/grok-time.ts';
import {
  type Agreement,
  agreement,
  type GrokComparison,
  predictedSteps,
} from '../../../theory/isolated/prediction.ts';
import { isolatedSetting } from '../../../theory/isolated/setting.ts';
import { UsageError } from '../../failure.ts';
import type { Host } from '../../host.ts';
import { requireMemory } from '../../isolated/forecast.ts';
import { openStep } from '../../isolated/open-step.ts';
import { countText } from '../../number-words.ts';
import type { TheoryReport } from '../report.ts';

export interface PredictOptions {
  readonly lambdas: readonly number[];
  readonly fractions: readonly number[];
  readonly seeds: number;
  /** The first of them; by default the configuration's. */
  readonly seed?: number;
  readonly threads?: number;
}

/** τ after which nothing is waited for: several times the slowest that groks. */
const PATIENCE = 8;
/** Evaluations until then. */
const POINTS = 320;

/** @param experimentOf the experiment with these overrides */
export async function simulatePrediction(
  experimentOf: (overrides: readonly string[]) => Experiment,
  { lambdas, fractions, seeds, seed: given, threads }: PredictOptions,
  host: Host,
): Promise<TheoryReport> {
  const { name, model, milestones, seed: own } = experimentOf([]);
  const first = given ?? own;
  if (model.type !== 'two_layer') {
    throw new UsageError(
      `--predict trains the two-layer network that is simulated, got model.type ${model.type}; take model.type two_layer`,
    );
  }
  const question = {
    threshold: milestones.grok_threshold,
    patience: milestones.grok_patience,
    tau: PATIENCE,
    points: POINTS,
  };
  await allowRevectorizer();
  const runs: GrokComparison[] = [];
  for (const fraction of fractions) {
    for (const ridge of lambdas) {
      for (let seed = first; seed < first + seeds; seed++) {
        const experiment = experimentOf([`dataset.train_fraction=${fraction}`, `seed=${seed}`]);
        const dataset = buildDataset(experiment);
        const setting = isolatedSetting(experiment, dataset, { ridge, circles: false });
        requireMemory(setting.problem);
        const { step, close } = await openStep(setting.problem, threads);
        const isolatedTau = isolatedGrokTau(step, setting, experiment.analytic_lr, question);
        await close();
        const open = () => Machine.open({ threads: threads ?? 1 });
        const observed = await observedGrok(experiment, dataset, setting, ridge, question, open);
        runs.push({ ridge, fraction, seed, isolatedTau, observed });
      }
      const done = runs.length / seeds;
      host.err.write(`${done} of ${fractions.length * lambdas.length} conditions\n`);
    }
  }
  return predictionReport(name, runs, agreement(runs));
}

function predictionReport(name: string, runs: readonly GrokComparison[], agreed: Agreement): TheoryReport {
  const words = agreementWords(agreed);
  const both = runs.flatMap((run) => {
    const predicted = predictedSteps(run);
    const { steps } = run.observed;
    return predicted === null || steps === null || predicted === 0 || steps === 0
      ? []
      : [{ ridge: run.ridge, predicted, observed: steps }];
  });
  const svg = predictedObserved({ name, runs: both, conditions: agreed.conditions, words });
  return {
    tables: [
      {
        title: `Steps to grok, predicted and observed: geometric means over seeds with 95 % intervals`,
        columns: [
          'train fraction',
          'λ',
          'predicted',
          'interval',
          'observed',
          'interval',
          'observed/predicted',
          'censored',
        ],
        rows: agreed.conditions.map(({ fraction, ridge, predicted, observed, ratio, censored }) => [
          fraction,
          ridge,
          Math.round(predicted.mean),
          intervalText(predicted),
          Math.round(observed.mean),
          intervalText(observed),
          ratio.mean,
          censored,
        ]),
      },
    ],
    remarks: [
      words,
      `Predicted are ${BALANCED_CLOCK}·τ/(τ of a step), τ where the isolated dynamics groks: a real network whose layers have equal norm ` +
        `goes half as fast. Observed over the bare clock: ${(BALANCED_CLOCK * agreed.ratio.mean).toFixed(2)}.`,
    ],
    figures: new Map(svg === null ? [] : [['prediction', svg]]),
    data: new Map([
      [
        'prediction',
        {
          columns: [
            'train_fraction',
            'lambda',
            'seed',
            'isolated_tau',
            'tau_of_step',
            'predicted_steps',
            'memorized_step',
            'observed_steps',
            'budget',
          ],
          rows: runs.map((run) => [
            run.fraction,
            run.ridge,
            run.seed,
            run.isolatedTau ?? Number.NaN,
            run.observed.tauOfStep,
            predictedSteps(run) ?? Number.NaN,
            run.observed.memorized ?? Number.NaN,
            run.observed.steps ?? Number.NaN,
            run.observed.budget,
          ]),
        },
      ],
    ]),
  };
}

function agreementWords({ ratio, runs, exponent, correlation, censored }: Agreement): string {
  const left = censored === 0 ? '' : `; ${censored} runs did not grok in time, in simulation or in reality`;
  return (
    `Observed over predicted: ${ratio.mean.toFixed(2)} (95 % interval ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} over ${ratio.count} seeds, ${runs} runs); ` +
    `observed ∝ predicted^${exponent.toFixed(2)}, correlation of logarithms ${correlation.toFixed(3)}${left}.`
  );
}

function intervalText({ low, high, count }: GeometricMean): string {
  return count > 1 ? `${countText(Math.round(low))}–${countText(Math.round(high))}` : '–';
}
