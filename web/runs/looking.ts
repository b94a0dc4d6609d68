/**
 * Looks into checkpoints: puts each into the network of its run and sends what the panels show. It stands in the script of
 * the training worker, of which it needs nearly everything, so that the page loads the engine once.
 */

import { buildDataset, Machine, parseExperiment, Trainer } from 'grokscope';
import { examplesOf } from '../run/examples.ts';
import { failureSentence } from '../run/failure-sentences.ts';
import { needRoomForExamples } from '../run/room-for-examples.ts';
import { Observation } from '../worker/observation.ts';
import { verifiedState } from '../worker/stored-state.ts';
import type { LookReport, LookRequest } from './looking-protocol.ts';

interface Network {
  readonly trainer: Trainer;
  look(): Pick<Extract<LookReport, { kind: 'moment' }>, 'moment' | 'extra'>;
}

let network: Promise<Network> | undefined;
/** Requests are answered one after the other. */
let answered: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<LookRequest>) => {
  if (data.kind === 'open' || data.kind === 'look') answered = answered.then(() => answer(data));
});

function report(message: LookReport): void {
  self.postMessage(message);
}

async function answer(request: LookRequest): Promise<void> {
  try {
    if (request.kind === 'open') {
      network = open(request.configText);
      const { trainer, look } = await network;
      report({ kind: 'examples', examples: examplesOf(trainer.dataset) });
      report({ kind: 'moment', ...look() });
    } else if (network !== undefined) {
      const { trainer, look } = await network;
      trainer.restore(await verifiedState(request));
      report({ kind: 'moment', ...look() });
    }
  } catch (error) {
    const step = request.kind === 'open' ? undefined : request.step;
    report({ kind: 'failed', step, sentence: failureSentence(error).replace(/\.$/, '') });
  }
}

async function open(configText: string): Promise<Network> {
  const { experiment } = parseExperiment(configText, { file: 'config.yaml' });
  needRoomForExamples(experiment);
  const machine = await Machine.open({ threads: 1 });
  const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
  const observation = new Observation();
  const { probe, dataset } = trainer;
  const look = () => {
    const snapshot = { probe, dataset, step: trainer.step, logits: () => trainer.logits() };
    return { moment: observation.moment(snapshot), extra: observation.numbers(snapshot, 0, false) };
  };
  return { trainer, look };
}
