/** The thread that trains: it resolves the settings it is sent, trains, and reports what it sees. */

import '../no-generated-code.ts';
import {
  buildDataset,
  ConfigError,
  digest,
  type Experiment,
  Machine,
  type MetricsRow,
  summarize,
  type TrainerState,
  train,
} from 'grokscope';
// A worker that was asked to look into a finished run does nothing else.
import '../runs/looking.ts';
import { examplesOf } from '../run/examples.ts';
import { runIdOf } from '../run/run-id.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { forkResumption } from './fork-resumption.ts';
import { Gate } from './gate.ts';
import { Observer } from './observer.ts';
import type { Report, Request } from './protocol.ts';

type Start = Extract<Request, { kind: 'start' }>;

/** Ms between reports of the step at hand. */
const REPORT_EVERY = 50;

let gate: Gate | undefined;

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'start') void run(data);
  else if (data.kind === 'play') gate?.play();
  else if (data.kind === 'pause') gate?.pause();
  else if (data.kind === 'advance') gate?.advance();
  else if (data.kind === 'pace') gate?.setPace(data.pace);
});

function report(message: Report, handedOver: Transferable[] = []): void {
  self.postMessage(message, { transfer: handedOver });
}

async function run(start: Start): Promise<void> {
  try {
    await trainAndReport(start);
  } catch (error) {
    report({ kind: 'failed', sentence: sentenceOf(error) });
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.issues.map(({ message }) => message).join('; ');
  if (error instanceof RangeError && /memory|allocation|array length|array buffer/i.test(error.message))
    return 'The browser has no memory left for this network; make the model or the task smaller.';
  return error instanceof Error ? error.message : String(error);
}

async function trainAndReport({ settings, threads, pace, playing, fork }: Start): Promise<void> {
  let step = fork?.state.step ?? 0;
  // Before anything that is waited for: what is asked meanwhile is not lost.
  const holding = new Gate({ playing, pace }, (waiting) => report({ kind: 'at', step, waiting }));
  gate = holding;
  const { experiment, notices, dataset, resume } =
    fork === undefined ? beginning(settings) : forkResumption(settings, fork);
  const id = await runIdOf(experiment);
  const machine = await Machine.open({ threads, onNotice: (sentence) => notices.push(sentence) });
  const examples = examplesOf(dataset);
  const kernels = machine.mode;
  report({ kind: 'ready', experiment, id, examples, threads: machine.threads, kernels, notices });
  let reported = 0;
  let isOver = false;
  const rows: MetricsRow[] = [...(fork?.rows ?? [])];
  const observer = new Observer(experiment, undefined, resume?.history.length);
  const onPace = (done: number) => {
    step = done;
    if (performance.now() - reported > REPORT_EVERY) {
      reported = performance.now();
      report({ kind: 'at', step, waiting: false });
    }
    return holding.passage();
  };
  if (fork !== undefined) await holding.passage();
  for await (const snapshot of train(experiment, { machine, dataset, resume, pace: onPace })) {
    step = snapshot.step;
    if (snapshot.metrics !== undefined) {
      if (step > 0) holding.evaluated();
      const evaluated = observer.look(snapshot, snapshot.last || holding.paused);
      rows.push(...evaluated.rows);
      report(evaluated, buffersOf(evaluated.state));
    }
    const isDue = snapshot.checkpoint;
    if (isDue || holding.paused) {
      report({
        kind: 'checkpoint',
        checkpoint: { state: snapshot.state(), metricsRows: rows.length, isDue },
      });
    }
    isOver = snapshot.last;
    if (isOver) {
      const weights = await digest(snapshot.parameters());
      report({ kind: 'finished', summary: summarize(rows, milestoneOptions(experiment)), weights });
    } else if (holding.paused) await holding.passage();
  }
  await machine.close();
  if (!isOver) throw new Error(`With these settings the run is already over at step ${step}.`);
}

function beginning(settings: WrittenSettings) {
  const { experiment, notices } = readSettings(settings);
  return { experiment, notices, dataset: buildDataset(experiment), resume: undefined };
}

/** The memory of a state, which is handed over rather than copied. */
function buffersOf(state: TrainerState | undefined): Transferable[] {
  return [...(state?.tensors.values() ?? [])].map(({ values }) => values.buffer as ArrayBuffer);
}

function milestoneOptions({ milestones }: Experiment) {
  return {
    memorizeThreshold: milestones.memorize_threshold,
    grokThreshold: milestones.grok_threshold,
    grokPatience: milestones.grok_patience,
  };
}
