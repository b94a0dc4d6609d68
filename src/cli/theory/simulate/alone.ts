/** The isolated dynamics by itself: simulated, drawn, and judged by the four statements fixed before it ran. */

import type { Experiment } from '../../../config/index.ts';
import { buildDataset } from '../../../tasks/index.ts';
import { observationInterval } from '../../../theory/isolated/analytic-test.ts';
import type { IntegratorName } from '../../../theory/isolated/integrator.ts';
import { SimulationRecord } from '../../../theory/isolated/record.ts';
import { isolatedSetting } from '../../../theory/isolated/setting.ts';
import { simulate } from '../../../theory/isolated/simulate.ts';
import { type AnalyticVerdict, analyticVerdict } from '../../../theory/isolated/verdict.ts';
import type { Host } from '../../host.ts';
import { drawnRecord, recordTables, type SimulationWords } from '../../isolated/drawn-record.ts';
import { announceCost, requireMemory } from '../../isolated/forecast.ts';
import { openStep } from '../../isolated/open-step.ts';
import { countText } from '../../number-words.ts';
import type { NumberTable, TheoryReport } from '../report.ts';

export interface SimulateOptions {
  readonly method: IntegratorName;
  readonly ridge: number;
  readonly observeEvery?: number;
  readonly fourier: boolean;
  readonly threads?: number;
}

/** @throws TheoryError */
export async function simulateAlone(
  experiment: Experiment,
  options: Partial<SimulateOptions>,
  host: Host,
): Promise<TheoryReport> {
  const { method = 'euler', ridge = 0, fourier = true, threads } = options;
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  const dataset = buildDataset(experiment);
  const { problem, initialWeights, modulus } = isolatedSetting(experiment, dataset, {
    ridge,
    circles: fourier,
  });
  requireMemory(problem);
  const observeEvery = options.observeEvery ?? observationInterval(steps);
  const { step, close } = await openStep(problem, threads);
  try {
    announceCost(step, initialWeights(), { steps, method, observeEvery }, host);
    const record = new SimulationRecord(modulus, problem.width, steps);
    const weights = initialWeights();
    const plan = { steps, stepSize, integrator: method, observeEvery, modulus };
    for (const point of simulate(step, weights, plan)) record.add(point);
    const { inputs, width, train } = problem;
    const title = `${experiment.name}: ${inputs} × ${width}, ${train.count} train examples`;
    return simulationReport({ name: experiment.name, title, ...problem }, record);
  } finally {
    await close();
  }
}

/** What a report of a simulation is about. */
export interface Simulated extends SimulationWords {
  readonly ridge: number;
  readonly classes: number;
}

/** Tables, figures and data of a simulation. */
export function simulationReport(simulated: Simulated, record: SimulationRecord): TheoryReport {
  const { parts = ['W₁', 'W₂'] } = simulated;
  const verdict = analyticVerdict(record.observations, simulated);
  const { simulation, frequencies } = recordTables(record);
  return {
    tables: [storyTable(record, parts), verdictTable(verdict)],
    remarks: [verdictWords(verdict)],
    figures: drawnRecord(simulated, record),
    data: new Map([
      ['simulation', simulation],
      ...(frequencies === undefined ? [] : ([['frequencies', frequencies]] as const)),
    ]),
  };
}

const STORY_ROWS = 11;

function storyTable(
  { observations }: SimulationRecord,
  [moving, solved]: readonly [string, string],
): NumberTable {
  const every = Math.max(1, Math.ceil((observations.length - 1) / (STORY_ROWS - 1)));
  const shown = observations.filter((_, i) => i % every === 0 || i === observations.length - 1);
  return {
    title: 'Isolated dynamics',
    columns: ['step', 'tau', 'train mse', 'held-out mse', 'held-out accuracy', `‖${moving}‖`, `‖${solved}‖`],
    rows: shown.map(({ step, tau, train, heldOut, firstNorm, lastNorm }) => [
      step,
      tau,
      train.loss,
      heldOut.loss,
      heldOut.accuracy,
      firstNorm,
      lastNorm,
    ]),
  };
}

/** The four statements with what was seen. */
export function verdictTable({ assertions }: AnalyticVerdict): NumberTable {
  return {
    title: 'Analytic test',
    columns: ['statement', 'holds', 'seen'],
    rows: assertions.map(({ statement, holds, seen }) => [
      statement,
      holds === undefined ? 'not asked' : holds ? 'yes' : 'no',
      seen,
    ]),
  };
}

function verdictWords({ holds, assertions, half_step, understood_step }: AnalyticVerdict): string {
  const asked = assertions.filter((assertion) => assertion.holds !== undefined).length;
  const met = assertions.filter((assertion) => assertion.holds).length;
  const crossing =
    half_step === null
      ? 'Held-out accuracy never reaches ½.'
      : `Held-out accuracy crosses ½ at step ${countText(half_step)}` +
        (understood_step === null
          ? ' and stays below 0.99.'
          : ` and 0.99 at step ${countText(understood_step)}.`);
  return `${crossing} ${holds ? 'All' : `${met} of`} ${asked} statements hold.`;
}
