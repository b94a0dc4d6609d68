/**
 * The isolated dynamics step by step, held by a gate and observed on the way: the numbers of `analytic_dynamics` on the command
 * line (src/theory/isolated/), and besides what the panels of the lab show.
 */

import {
  type Dataset,
  type Experiment,
  findMilestones,
  type MeasuredValues,
  type MetricsRow,
  type Milestones,
} from 'grokscope';
import { stepLabel } from '../../src/figures/number-labels.ts';
import { analyticSetting, observationInterval } from '../../src/theory/isolated/analytic-test.ts';
import { KernelStep } from '../../src/theory/isolated/kernel-step.ts';
import { type Observation, observe } from '../../src/theory/isolated/observation.ts';
import type { IsolatedProblem } from '../../src/theory/isolated/problem.ts';
import type { IsolatedSetting } from '../../src/theory/isolated/setting.ts';
import { follow } from '../../src/theory/isolated/simulate.ts';
import { analyticVerdict } from '../../src/theory/isolated/verdict.ts';
import { macrotask } from '../../src/training/macrotask.ts';
import type { Gate } from '../worker/gate.ts';
import { ObservedNetwork } from './observed-network.ts';
import type { IsolatedReport } from './protocol.ts';

/** Ms between reports of the step at hand, and between two turns for the requests of the page. */
const REPORT_EVERY = 50;
const BREATHE_EVERY = 20;
/** Ms after which the network is shown between two observations, as long as that takes at most this share of the time. */
const SHOW_EVERY = 100;
const SHARE = 0.25;

/** What computes and what is looked at, laid out for one experiment. */
export interface OpenSimulation {
  readonly experiment: Experiment;
  readonly setting: IsolatedSetting;
  readonly step: KernelStep<IsolatedProblem>;
  readonly network: ObservedNetwork;
  /** Steps from one observation to the next: as on the command line. */
  readonly interval: number;
  /** What the reader should know. */
  readonly notices: string[];
}

/** @throws TheoryError for a network or task without isolated dynamics of this form, Error where no page can hold it */
export async function openSimulation(
  experiment: Experiment,
  dataset: Dataset,
  threads: number,
): Promise<OpenSimulation> {
  const setting = analyticSetting(experiment, dataset);
  const { problem } = setting;
  needRoom(problem);
  const notices = widened(experiment, problem);
  const network = await ObservedNetwork.open(experiment, dataset, problem.width);
  const onNotice = (sentence: string) => notices.push(sentence);
  const step = await KernelStep.open(problem, { threads, onNotice });
  const interval = observationInterval(experiment.analytic_steps);
  return { experiment, setting, step, network, interval, notices };
}

/** Where WebAssembly memories end. */
const MOST_BYTES = 2 ** 32;

/** @throws Error in one sentence, before anything is allocated */
function needRoom(problem: IsolatedProblem): void {
  const bytes = KernelStep.predictedBytes(problem);
  if (bytes <= MOST_BYTES) return;
  const { train, width } = problem;
  throw new Error(
    `The equations of ${stepLabel(train.count)} train examples and ${stepLabel(width)} hidden units need ` +
      `${(bytes / 2 ** 30).toFixed(1)} GB, and a page has 4 at most: make dataset.N or dataset.train_fraction smaller, ` +
      'or train the network with analytic_dynamics=false.',
  );
}

function widened({ model }: Experiment, { width, train }: IsolatedProblem): string[] {
  if (model.type !== 'two_layer' || model.hidden_dim === width) return [];
  return [
    `The simulation has ${stepLabel(width)} hidden units instead of ${stepLabel(model.hidden_dim)}: its limit λ → 0 needs ` +
      `more than the ${stepLabel(train.count)} train examples.`,
  ];
}

/** What drives a simulation and hears of it. */
export interface SimulationDriver {
  readonly gate: Pick<Gate, 'paused' | 'evaluated' | 'passage'>;
  readonly report: (report: IsolatedReport) => void;
  /** Told of every step before its passage. */
  readonly at: (step: number) => void;
  readonly clock?: () => number;
}

/**
 * Simulates to the end; the last report is `finished`.
 * @throws TheoryError when the step size is past stability
 */
export async function runSimulation(
  { experiment, setting, step, network, interval }: OpenSimulation,
  { gate, report, at, clock = () => performance.now() }: SimulationDriver,
): Promise<void> {
  const { problem, modulus } = setting;
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  const seen = new SeenObservations(experiment);
  let last: Float64Array = new Float64Array(0);
  const flow = {
    velocity: (weights: Float64Array, out: Float64Array) => step.velocity(weights, out),
    observe: (weights: Float64Array, when: { step: number; tau: number }): Observation | undefined => {
      if (when.step % interval !== 0 && when.step !== steps) return undefined;
      last = step.readOut(weights);
      return observe(problem, weights, last, when, modulus);
    },
  };
  const times = { begun: clock(), looked: 0, shown: 0, reported: 0, breathed: 0 };
  const show = (done: number, first: Float64Array) => {
    const before = clock();
    network.hold(done, { first, last });
    const moment = network.moment();
    times.shown = clock();
    times.looked += times.shown - before;
    return moment;
  };
  const glimpse = (done: number, first: Float64Array) => {
    last = step.readOut(first);
    report({ kind: 'glimpse', moment: show(done, first) });
  };
  const plan = { steps, stepSize, integrator: 'euler', observeEvery: 1 } as const;
  let done = 0;
  for (const { observation, weights } of follow(flow, setting.initialWeights(), plan)) {
    at(done);
    if (observation !== undefined) {
      const milestones = seen.add(observation);
      if (done > 0) gate.evaluated(milestones);
      const moment = show(done, weights);
      const rows = rowsOf(observation, network.numbers());
      report({ kind: 'observed', observation, rows, milestones, moment });
    } else if (clock() - times.shown > SHOW_EVERY && times.looked < SHARE * (clock() - times.begun)) {
      glimpse(done, weights);
    }
    if (done === steps) break;
    if (clock() - times.reported > REPORT_EVERY) {
      times.reported = clock();
      report({ kind: 'at', step: done, waiting: false });
    }
    if (clock() - times.breathed > BREATHE_EVERY) {
      await macrotask();
      times.breathed = clock();
    }
    if (gate.paused && observation === undefined) glimpse(done, weights);
    await gate.passage();
    done++;
  }
  report({ kind: 'finished', verdict: analyticVerdict(seen.observations, problem) });
}

/** The observations so far, and their milestones. */
class SeenObservations {
  readonly observations: Observation[] = [];
  readonly #options: Parameters<typeof findMilestones>[1];

  constructor({ milestones }: Experiment) {
    this.#options = {
      memorizeThreshold: milestones.memorize_threshold,
      grokThreshold: milestones.grok_threshold,
      grokPatience: milestones.grok_patience,
    };
  }

  /** @returns what is known by then */
  add(observation: Observation): Milestones {
    this.observations.push(observation);
    const curve = (of: 'train' | 'heldOut') =>
      this.observations.map((one) => ({ step: one.step, accuracy: one[of].accuracy }));
    return findMilestones({ train: curve('train'), val: curve('heldOut') }, this.#options);
  }
}

/** Losses and accuracies, and what is measured on the network as a whole, in the row of either split. */
function rowsOf(
  { step, train, heldOut, firstNorm, lastNorm }: Observation,
  measured: MeasuredValues,
): MetricsRow[] {
  const whole = { weight_norm: Math.sqrt(firstNorm * firstNorm + lastNorm * lastNorm), ...measured };
  return [
    { step, split: 'train', values: { ...train, ...whole } },
    { step, split: 'val', values: { ...heldOut, ...whole } },
  ];
}
