/** The thread that trains: it resolves the settings it is sent, trains, and reports what it sees. */

import '../no-generated-code.ts';
import {
  buildDataset,
  digest,
  type Experiment,
  Machine,
  summarize,
  type TrainerState,
  train,
} from 'grokscope';
// A worker that was asked to look into a finished run, or to simulate, does nothing else.
import '../isolated/simulating.ts';
import '../nulls/random-labels-training.ts';
import '../runs/looking.ts';
import { examplesOf } from '../run/examples.ts';
import { failureSentence } from '../run/failure-sentences.ts';
import { needRoomForExamples } from '../run/room-for-examples.ts';
import { runIdOf } from '../run/run-id.ts';
import { Autosave, type Saving } from '../saved/autosave.ts';
import { IndexedTrainings } from '../saved/indexed-trainings.ts';
import { restore, resumptionOf } from '../saved/restore.ts';
import { savedKey } from '../saved/saved-key.ts';
import { readSettings, type WrittenSettings } from '../settings/written-settings.ts';
import { EMULATED } from './emulated.ts';
import { forkedExperiment, forkResumption } from './fork-resumption.ts';
import { Gate } from './gate.ts';
import { Observer } from './observer.ts';
import type { ForkPoint, Report, Request } from './protocol.ts';

type Start = Extract<Request, { kind: 'start' }>;

/** Ms between reports of the step at hand. */
const REPORT_EVERY = 50;

let gate: Gate | undefined;

const store = new IndexedTrainings();

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'start') void run(data);
  else if (data.kind === 'play') gate?.play(data.until);
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
    report({ kind: 'failed', sentence: (await misfit(start, error)) ?? failureSentence(error) });
  }
}

/** A saved training of another version of the lab, whose network has other parts, goes: it would stop every later visit too. */
async function misfit(start: Start, error: unknown): Promise<string | undefined> {
  if (!start.resume || !(error instanceof Error) || !error.message.startsWith('restore: ')) return undefined;
  await store.forget((await keyOf(start)).key);
  return `What was saved of this training does not fit this version of the lab and is dropped (${error.message}).`;
}

function reportSaving(saved: Parameters<Saving['told']>[0]): void {
  if ('step' in saved) report({ kind: 'saved', step: saved.step });
  else report({ kind: 'unsaved', reason: saved.refusal });
}

async function trainAndReport(start: Start): Promise<void> {
  const { settings, threads, pace, playing, until, pinned, fork } = start;
  let step = fork?.lineage.at(-1)?.step ?? 0;
  let observer: Observer | undefined;
  // Before anything that is waited for: what is asked meanwhile is not lost.
  const holding = new Gate({ playing, pace, until }, (waiting) => {
    report({ kind: 'at', step, waiting });
    observer?.held(waiting);
  });
  gate = holding;
  const { experiment, notices, dataset } =
    fork === undefined ? beginning(settings) : forkedExperiment(settings, fork.original);
  const id = await runIdOf(experiment);
  const machine = await Machine.open({ threads, onNotice: (sentence) => notices.push(sentence) });
  const { restored, saving } = await openSaving(start, notices);
  const going = restored === undefined ? await beginningOf(fork) : resumptionOf(restored);
  const { threads: atWork, mode } = machine;
  if (mode === 'emulated') notices.push(EMULATED);
  const examples = examplesOf(dataset);
  report({ kind: 'ready', experiment, id, examples, threads: atWork, kernels: mode, notices });
  if (saving === undefined) report({ kind: 'unsaved', reason: 'no address leads to a run from files' });
  if (restored !== undefined) {
    step = restored.state.step;
    report({ kind: 'restored', state: restored.state, history: restored.history });
    if (restored.finished !== undefined) {
      report({ kind: 'finished', ...restored.finished });
      return machine.close();
    }
  }
  if (restored === undefined && going !== undefined) saving?.begun(going.state);
  let reported = 0;
  let isOver = false;
  const before = restored?.history ?? fork?.start?.history ?? [];
  const rows = before.flatMap((evaluation) => evaluation.rows);
  observer = new Observer(experiment, undefined, before.length);
  const onPace = (done: number) => {
    step = done;
    if (performance.now() - reported > REPORT_EVERY) {
      reported = performance.now();
      report({ kind: 'at', step, waiting: false });
    }
    return holding.passage(done % experiment.train.eval_every_steps === 0);
  };
  if (fork !== undefined) await holding.passage();
  const options = { machine, dataset, resume: going, pace: onPace, keepAnswers: true };
  for await (const snapshot of train(experiment, options)) {
    step = snapshot.step;
    if (snapshot.metrics !== undefined) {
      if (step > 0) holding.evaluated(snapshot.milestones);
      const isWanted = snapshot.last || holding.paused || pinned.includes(step);
      const evaluated = observer.look(snapshot, isWanted);
      const { moment, state, ...numbers } = evaluated;
      rows.push(...numbers.rows);
      report(evaluated, buffersOf(state));
      saving?.evaluated(numbers, moment, snapshot.last ? undefined : () => snapshot.state());
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
      const finished = { summary: summarize(rows, milestoneOptions(experiment)), weights };
      // The page ends this thread when it hears that the run is finished.
      await saving?.finished(snapshot.state(), finished);
      report({ kind: 'finished', ...finished });
    } else if (holding.paused) await holding.passage();
  }
  await machine.close();
  if (!isOver) throw new Error(`With these settings the run is already over at step ${step}.`);
}

function keyOf({ settings, fork }: Start) {
  return savedKey(fork?.original ?? settings, fork?.lineage);
}

/** Where the training is saved, and what was saved of it before where it is to go on. */
async function openSaving(start: Start, notices: string[]) {
  const { resume, fork } = start;
  if (fork?.isSaved === false) return {};
  const saved = await keyOf(start);
  const { training: restored, notice } = resume ? await restore(store, saved.key) : {};
  if (notice !== undefined) notices.push(notice);
  const inherited = restored === undefined ? fork?.start?.history : undefined;
  return { restored, saving: new Autosave({ store, saved, told: reportSaving, restored, inherited }) };
}

function beginning(settings: WrittenSettings) {
  const { experiment, notices } = readSettings(settings);
  needRoomForExamples(experiment);
  return { experiment, notices, dataset: buildDataset(experiment) };
}

/** How a fork goes on that was not saved; undefined for a run that begins at step 0. */
async function beginningOf(fork: ForkPoint | undefined) {
  if (fork === undefined) return undefined;
  if (fork.start === undefined)
    throw new Error('What was saved of this fork is not there any more; remove it and fork again.');
  return forkResumption(fork.start);
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
