/**
 * Simulates the isolated dynamics. It stands in the script of the training worker, of which it needs the engine and the measures, so
 * that the page loads them once.
 */

import { buildDataset } from 'grokscope';
import { examplesOf } from '../run/examples.ts';
import { failureSentence } from '../run/failure-sentences.ts';
import { needRoomForExamples } from '../run/room-for-examples.ts';
import { runIdOf } from '../run/run-id.ts';
import { readSettings } from '../settings/written-settings.ts';
import { EMULATED } from '../worker/emulated.ts';
import { Gate } from '../worker/gate.ts';
import type { IsolatedReport, IsolatedRequest } from './protocol.ts';
import { openSimulation, runSimulation } from './simulation.ts';

type Start = Extract<IsolatedRequest, { kind: 'simulate' }>;

let gate: Gate | undefined;

self.addEventListener('message', ({ data }: MessageEvent<IsolatedRequest>) => {
  if (data.kind === 'simulate') void run(data);
  else if (data.kind === 'play') gate?.play(data.until);
  else if (data.kind === 'pause') gate?.pause();
  else if (data.kind === 'advance') gate?.advance();
  else if (data.kind === 'pace') gate?.setPace(data.pace);
});

function report(message: IsolatedReport): void {
  self.postMessage(message);
}

async function run({ settings, threads, pace, playing, until }: Start): Promise<void> {
  let step = 0;
  // Before anything that is waited for: what is asked meanwhile is not lost.
  const holding = new Gate({ playing, pace, until }, (waiting) => report({ kind: 'at', step, waiting }));
  gate = holding;
  try {
    const { experiment, notices } = readSettings(settings);
    needRoomForExamples(experiment);
    const dataset = buildDataset(experiment);
    const id = await runIdOf(experiment);
    const simulation = await openSimulation(experiment, dataset, threads);
    const { interval, step: equations } = simulation;
    const { threads: atWork, mode: kernels } = equations;
    const all = [...notices, ...simulation.notices, ...(kernels === 'emulated' ? [EMULATED] : [])];
    const examples = examplesOf(dataset);
    report({ kind: 'ready', experiment, id, examples, interval, threads: atWork, kernels, notices: all });
    const at = (done: number) => {
      step = done;
    };
    await runSimulation(simulation, { gate: holding, report, at });
  } catch (error) {
    report({ kind: 'failed', sentence: failureSentence(error) });
  }
}
