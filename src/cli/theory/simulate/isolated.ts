/** `--isolate`: any parameters of any network move along their isolated dynamics, the rest solved by Newton steps. */

import type { Experiment } from '../../../config/index.ts';
import { allowRevectorizer, Machine } from '../../../engine/index.ts';
import { buildDataset } from '../../../tasks/index.ts';
import { GeneralIsolation } from '../../../theory/isolated/general/general-isolation.ts';
import { networkFlow } from '../../../theory/isolated/general/network-flow.ts';
import { RegularizedLoss } from '../../../theory/isolated/general/regularized-loss.ts';
import { SimulationRecord } from '../../../theory/isolated/record.ts';
import { primeModulus } from '../../../theory/isolated/setting.ts';
import { follow } from '../../../theory/isolated/simulate.ts';
import type { Host } from '../../host.ts';
import { countText } from '../../number-words.ts';
import type { TheoryReport } from '../report.ts';
import { type SimulateOptions, simulationReport } from './alone.ts';

const OBSERVATIONS = 50;

/**
 * @param words names of parameters, comma-separated
 * @throws TheoryError
 */
export async function simulateIsolated(
  experiment: Experiment,
  words: string,
  options: Partial<SimulateOptions>,
  host: Host,
): Promise<TheoryReport> {
  const { method = 'euler', ridge = 0, fourier = true, threads } = options;
  const { analytic_steps: steps, analytic_lr: stepSize, name } = experiment;
  const names = words.split(',').map((word) => word.trim());
  const dataset = buildDataset(experiment);
  const modulus = fourier ? primeModulus(dataset) : undefined;
  await allowRevectorizer();
  const machine = await Machine.open({ threads: threads ?? 1 });
  try {
    const loss = new RegularizedLoss(experiment, dataset, names, ridge, machine);
    const isolation = new GeneralIsolation(loss);
    const flow = networkFlow(isolation, dataset, modulus);
    const weights = loss.initial('moving');
    const sizes = `${countText(loss.sizeOf('moving'))} numbers move, ${countText(loss.sizeOf('solved'))} are solved`;
    host.err.write(`${sizes} by Newton steps: for small networks\n`);
    const { embedding } = flow;
    const record = new SimulationRecord(embedding && modulus, embedding?.width ?? 0, steps, embedding?.start);
    const observeEvery = options.observeEvery ?? Math.max(1, Math.round(steps / OBSERVATIONS));
    for (const point of follow(flow, weights, { steps, stepSize, integrator: method, observeEvery }))
      record.add(point);
    const parts = [names.join(', '), 'the rest'] as const;
    const title = `${name}: ${names.join(', ')} isolated, ${sizes}`;
    return simulationReport({ name, title, ridge, classes: dataset.classes, parts }, record);
  } finally {
    await machine.close();
  }
}
