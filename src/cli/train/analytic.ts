/**
 * `analytic_dynamics: true`: after its last step a run is given the analytic test of its task, the isolated dynamics of a two-layer
 * network. It has a machine of its own and reads the experiment only, so that nothing of the training depends on it.
 */

import type { Experiment } from '../../config/index.ts';
import type { AnalyticResult } from '../../runs/index.ts';
import { buildDataset } from '../../tasks/index.ts';
import {
  type AnalyticTest,
  analyticSetting,
  analyticTest,
  observationInterval,
} from '../../theory/isolated/analytic-test.ts';
import { hasFrequencies, type IsolatedSetting } from '../../theory/isolated/setting.ts';
import { TheoryError } from '../../theory/refusal.ts';
import { drawnRecord, recordTables } from '../isolated/drawn-record.ts';
import { forecastSentence, memoryShortage } from '../isolated/forecast.ts';
import { openStep } from '../isolated/open-step.ts';
import { countText } from '../number-words.ts';

export interface AnalyticPlan {
  readonly experiment: Experiment;
  /** Absent where the task has no isolated dynamics that could be computed here. */
  readonly setting?: IsolatedSetting;
  /** What has to be said beforehand. */
  readonly notices: readonly string[];
}

export interface AnalyticOutcome {
  /** Absent where the simulation failed. */
  readonly result?: AnalyticResult;
  readonly sentence: string;
}

const COMPOSITE =
  'analytic_dynamics leaves out Fourier norms and angles: dataset.N is no prime of at least 5';

/** What will be tested, or why not. */
export function analyticPlan(experiment: Experiment): AnalyticPlan {
  try {
    const dataset = buildDataset(experiment);
    const circles = hasFrequencies(dataset);
    const setting = analyticSetting(experiment, dataset);
    const shortage = memoryShortage(setting.problem);
    if (shortage !== undefined) throw new TheoryError(shortage);
    const composite = circles || dataset.structure.kind !== 'cyclic' ? [] : [COMPOSITE];
    return { experiment, setting, notices: [...composite, ...widened(experiment, setting)] };
  } catch (error) {
    if (!(error instanceof TheoryError)) throw error;
    return { experiment, notices: [`analytic_dynamics is left out: ${error.message}`] };
  }
}

function widened({ model }: Experiment, { problem }: IsolatedSetting): string[] {
  if (model.type !== 'two_layer' || model.hidden_dim === problem.width) return [];
  return [
    `analytic_dynamics takes ${countText(problem.width)} hidden units instead of ${countText(model.hidden_dim)}: ` +
      `its limit λ → 0 needs more than the ${countText(problem.train.count)} train examples`,
  ];
}

/**
 * @param say told what will take more than a few seconds
 * @returns undefined when it was interrupted
 */
export async function runAnalyticTest(
  { experiment, setting }: AnalyticPlan,
  signal: AbortSignal,
  say: (sentence: string) => void,
): Promise<AnalyticOutcome | undefined> {
  if (setting === undefined) return { sentence: 'there is no analytic test of this task' };
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  const { step, close } = await openStep(setting.problem);
  try {
    const observeEvery = observationInterval(steps);
    const plan = { steps, method: 'euler', observeEvery } as const;
    const forecast = forecastSentence(step, setting.initialWeights(), plan);
    if (forecast !== undefined) say(`analytic test: ${forecast}`);
    const test = await analyticTest(step, setting, { steps, stepSize, signal });
    if (test === undefined) return undefined;
    return { result: resultOf(experiment, setting, test), sentence: verdictSentence(test) };
  } catch (error) {
    if (!(error instanceof TheoryError)) throw error;
    return { sentence: `the analytic test was given up: ${error.message}` };
  } finally {
    await close();
  }
}

function resultOf(
  experiment: Experiment,
  { problem, modulus }: IsolatedSetting,
  test: AnalyticTest,
): AnalyticResult {
  const { analytic_steps: steps, analytic_lr: stepSize, name } = experiment;
  const { simulation, frequencies } = recordTables(test.record);
  const { train, heldOut, width, inputs, classes, activation } = problem;
  const title = `${name}: isolated dynamics, ${inputs} × ${width}, ${train.count} train examples`;
  return {
    metrics: simulation,
    frequencies,
    figures: drawnRecord({ name, title }, test.record),
    verdict: {
      ...test.verdict,
      network: {
        inputs,
        width,
        classes,
        activation,
        train_examples: train.count,
        held_out_examples: heldOut.count,
        modulus: modulus ?? null,
      },
      steps,
      step_size: stepSize,
    },
  };
}

function verdictSentence({ verdict: { assertions } }: AnalyticTest): string {
  const asked = assertions.filter(({ holds }) => holds !== undefined);
  const broken = asked.filter(({ holds }) => holds === false);
  const why = broken.map(({ name, seen }) => `${name.replace(/_/g, ' ')} is not seen (${seen})`).join('; ');
  return `analytic test: ${asked.length - broken.length} of ${asked.length} statements hold${why === '' ? '' : `; ${why}`}`;
}
