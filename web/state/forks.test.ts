import { signal } from '@preact/signals';
import type { Milestones, TrainerState } from 'grokscope';
import { expect, test } from 'vitest';
import { askedForks } from '../forks/asked-forks.ts';
import type { ForkableRun } from '../run/forkable-run.ts';
import type { RunStatus } from '../run/lab-run.ts';
import { draftOf } from './draft.ts';
import { planFork, standingOf } from './fork-plan.ts';
import { Forks } from './forks.ts';

const overrides = ['dataset.N=7', 'model.hidden_dim=8', 'train.total_steps=60', 'train.eval_every_steps=5'];
const settings = { preset: 'r1', overrides };

const stateAt = (step: number): TrainerState => ({ step, tensors: new Map() });

/** A run that was trained up to a step and has states at some; nothing else of it is asked for. */
function runWith(steps: readonly number[], status: RunStatus = { kind: 'running' }) {
  const states = signal(steps.map(stateAt));
  const ended: boolean[] = [];
  const run = {
    settings,
    unforkable: undefined,
    forkedAt: 0,
    states,
    status: signal(status),
    milestones: signal<Milestones | undefined>(undefined),
    name: signal('r1'),
    dispose: () => ended.push(true),
  } as unknown as ForkableRun;
  return { run, states, ended };
}

function asking(...texts: string[]) {
  return askedForks(texts, { settings, isRecorded: false }, 5).forks;
}

test('the link numbers runs as they stand there, whatever was removed before', () => {
  const forks = new Forks();
  forks.replace(runWith([]).run);
  const texts = ['0@10;train.weight_decay=0', '1@20;train.lr=0.1', '0@15;train.lr=0.2', '3@30;train.lr=0.3'];
  forks.ask(asking(...texts), [1, 4]);
  expect(forks.link.value).toMatchObject({ fork: texts, hide: [1, 4] });
  expect(forks.withForksOf(1).map(({ name }) => name)).toEqual(['fork 1', 'fork 2']);
  forks.remove(1);
  expect(forks.link.value).toMatchObject({ fork: ['0@15;train.lr=0.2', '1@30;train.lr=0.3'], hide: [2] });
  expect(forks.waiting.value.map(({ name, from }) => [name, from])).toEqual([
    ['fork 3', 'original'],
    ['fork 4', 'fork 3'],
  ]);
  expect(new Set(forks.all.value.map(({ color }) => color)).size).toBe(3);
  expect(forks.pinnedOf(0)).toEqual([15]);
  // What the link says is read back as what is there.
  expect(asking(...forks.link.value.fork).map(({ settings: read }) => read)).toEqual(
    forks.asked.map((one) => one.settings),
  );
});

test('another original ends all, but what stands beside it goes on', () => {
  const [first, second] = [runWith([]), runWith([])];
  const beside: { run: ForkableRun; color: 'arm1' }[] = [];
  const forks = new Forks({ beside: () => beside, colorOf: () => undefined });
  forks.replace(first.run);
  forks.replace(second.run);
  expect(first.ended).toHaveLength(1);
  beside.push({ run: second.run, color: 'arm1' });
  forks.replace(runWith([]).run, 'other');
  expect(second.ended).toEqual([]);
  expect(forks.runs.value.map(({ name, color }) => [name, color])).toEqual([['other', 'arm2']]);
});

test('a waiting fork is made from the state of its very step, and is given up when that cannot come any more', () => {
  const forks = new Forks();
  const { run, states } = runWith([0, 5]);
  forks.replace(run);
  forks.ask(asking('0@10;train.weight_decay=0', '1@20'));
  const [first, second] = forks.waiting.value;
  if (first === undefined || second === undefined) throw new Error('two wait');
  expect(standingOf(forks, first)).toBeUndefined();
  states.value = [...states.value, stateAt(10)];
  expect(standingOf(forks, first)).toEqual({ state: stateAt(10) });
  // The run that it leaves is not there yet.
  expect(standingOf(forks, second)).toBeUndefined();
  const over = runWith([0, 15], { kind: 'finished' });
  forks.replace(over.run);
  forks.ask([first.asked]);
  expect(standingOf(forks, first)).toEqual({
    refusal: 'There is no fork 1: original has no state of step 10 to go on from.',
  });
});

test('a run is forked at the nearest state before the step shown, and there is a sentence where it cannot be', () => {
  const forks = new Forks();
  forks.replace(runWith([0, 10, 20]).run);
  const [original] = forks.runs.value;
  const written = signal({ ...settings, overrides: [...overrides, 'train.weight_decay=0'] });
  const plan = (step: number, room = 3) => planFork(forks, original, draftOf(written).value, step, room);
  expect(plan(14)).toEqual({ from: original, state: stateAt(10) });
  expect(plan(14, 0).refusal).toBe('There is room for 6 runs: remove one first.');
  written.value = { ...settings, overrides: [...overrides, 'train.lr=fast'] };
  expect(plan(14).refusal).toMatch(/^The settings mean no experiment/);
  expect(planFork(forks, undefined, draftOf(signal(settings)).value, 0, 3).refusal).toMatch(
    /^A run can be forked/,
  );
});
