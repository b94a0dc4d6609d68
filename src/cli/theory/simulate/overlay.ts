/** `--overlay`: the isolated dynamics beside real training of the same network at several λ. */

import type { Experiment } from '../../../config/index.ts';
import { allowRevectorizer, Machine } from '../../../engine/index.ts';
import { type LaidOver, MOST_LAID_OVER, overlayFigure } from '../../../figures/theory/overlay.ts';
import { buildDataset } from '../../../tasks/index.ts';
import { distances, type IsolatedPath } from '../../../theory/isolated/overlay.ts';
import { type RealTraining, realTraining } from '../../../theory/isolated/real-training.ts';
import { isolatedSetting } from '../../../theory/isolated/setting.ts';
import { simulate } from '../../../theory/isolated/simulate.ts';
import { UsageError } from '../../failure.ts';
import type { Host } from '../../host.ts';
import { announceCost, requireMemory } from '../../isolated/forecast.ts';
import { openStep } from '../../isolated/open-step.ts';
import { countText, lossText } from '../../number-words.ts';
import type { TheoryReport } from '../report.ts';
import type { SimulateOptions } from './alone.ts';

/** Evaluations of each curve. */
const POINTS = 80;

/** @throws UsageError, TheoryError */
export async function simulateOverlay(
  experiment: Experiment,
  decays: readonly number[],
  options: Partial<SimulateOptions>,
  host: Host,
): Promise<TheoryReport> {
  const { method = 'euler', ridge = 0, threads } = options;
  const { analytic_steps: steps, analytic_lr: stepSize } = experiment;
  if (experiment.model.type !== 'two_layer') {
    throw new UsageError(
      `--overlay trains the two-layer network that is simulated, got model.type ${experiment.model.type}; take model.type two_layer`,
    );
  }
  if (decays.length > MOST_LAID_OVER) {
    throw new UsageError(`--overlay takes at most ${MOST_LAID_OVER} values of λ, got ${decays.length}`);
  }
  const dataset = buildDataset(experiment);
  const { problem, initialWeights } = isolatedSetting(experiment, dataset, { ridge, circles: false });
  requireMemory(problem);
  await allowRevectorizer();
  const { step, close } = await openStep(problem, threads);
  const path = { observations: [], weights: [], inputs: problem.inputs } as {
    observations: IsolatedPath['observations'][number][];
    weights: Float64Array[];
    inputs: number;
  };
  try {
    const observeEvery = Math.max(1, Math.round(steps / POINTS));
    announceCost(step, initialWeights(), { steps, method, observeEvery }, host);
    for (const point of simulate(step, initialWeights(), {
      steps,
      stepSize,
      integrator: method,
      observeEvery,
    })) {
      path.observations.push(point.observation);
      path.weights.push(point.weights.slice());
    }
  } finally {
    await close();
  }
  const trainings: (LaidOver & RealTraining)[] = [];
  for (const decay of [...decays].sort((a, b) => b - a)) {
    const training = await realTraining(experiment, dataset, problem, initialWeights(), {
      ridge: decay,
      tau: steps * stepSize,
      points: POINTS,
      begin: (count) => {
        host.err.write(`λ ${lossText(decay)}: ${countText(count)} steps of real training\n`);
      },
      open: () => Machine.open({ threads: threads ?? 1 }),
    });
    trainings.push({ ...training, ridge: decay, distances: distances(path, training.points) });
  }
  return {
    tables: [
      {
        title: `Real training against the isolated dynamics, both at τ = ${lossText(steps * stepSize)} (isolated: held-out accuracy ${path.observations.at(-1)?.heldOut.accuracy.toFixed(3)})`,
        columns: [
          'λ',
          'steps',
          'τ of a step',
          'τ at ½',
          'isolated τ at ½',
          'distance',
          'of geometries',
          'train mse',
        ],
        rows: trainings.map(({ ridge: decay, points, tauOfStep, distances: apart }) => [
          decay,
          points[points.length - 1].step,
          tauOfStep,
          points.find(({ heldOutAccuracy }) => heldOutAccuracy >= 0.5)?.tau ?? 'never',
          path.observations.find(({ heldOut }) => heldOut.accuracy >= 0.5)?.tau ?? 'never',
          apart[apart.length - 1].weights,
          apart[apart.length - 1].geometry,
          points[points.length - 1].trainLoss,
        ]),
      },
    ],
    remarks: [
      'The clock: gradient descent with rate η on (𝓛 + λ‖θ‖²)/(nC) is gradient flow for the time t = η·steps/(nC), with momentum β for 1/(1 − β) times that; ' +
        `τ = 2λt = wd·η/(1 − β)·steps for the decay coefficient wd = 2λ/(nC). Here n = ${countText(problem.train.count)}, C = ${problem.classes}, β = 0.9.`,
    ],
    figures: new Map([
      ['overlay', overlayFigure({ name: experiment.name, isolated: path.observations, trainings, stepSize })],
    ]),
    data: new Map([
      [
        'overlay',
        {
          columns: [
            'lambda',
            'step',
            'tau',
            'train_loss',
            'train_accuracy',
            'held_out_loss',
            'held_out_accuracy',
            'first_norm',
            'last_norm',
            'distance',
            'geometry_distance',
          ],
          rows: trainings.flatMap(({ ridge: decay, points, distances: apart }) =>
            points.map((point, i) => [
              decay,
              point.step,
              point.tau,
              point.trainLoss,
              point.trainAccuracy,
              point.heldOutLoss,
              point.heldOutAccuracy,
              point.firstNorm,
              point.lastNorm,
              apart[i].weights,
              apart[i].geometry,
            ]),
          ),
        },
      ],
    ]),
  };
}
