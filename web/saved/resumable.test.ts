import { NUMERIC_VERSION } from 'grokscope';
import { expect, test } from 'vitest';
import { askedForks, lineageOf } from '../forks/asked-forks.ts';
import { resumable } from './resumable.ts';
import { savedKey } from './saved-key.ts';

const original = {
  preset: 'r1',
  overrides: ['dataset.N=7', 'train.total_steps=100', 'train.eval_every_steps=1'],
};

/** The original, fork 1 at 20, fork 2 that leaves fork 1 at 40, and how far each was saved. */
async function goingOn(saved: Readonly<Record<number, number>>, numericVersion: string = NUMERIC_VERSION) {
  const { forks } = askedForks(
    ['0@20;train.weight_decay=0', '1@40;train.lr=0.1'],
    { settings: original, isRecorded: false },
    5,
  );
  const steps = new Map<string, number>();
  for (const [number, step] of Object.entries(saved)) {
    const fork = forks.find((one) => one.number === Number(number));
    const { key } = await savedKey(original, fork === undefined ? [] : lineageOf(fork, forks));
    steps.set(key, step);
  }
  const outline = async (key: string) => {
    const step = steps.get(key);
    return step === undefined ? undefined : { numericVersion, step, isFinished: false };
  };
  const { original: goesOn, forks: going } = await resumable({ outline }, original, forks);
  return [goesOn, ...going];
}

test('runs go on where they were saved, if their forks were saved too or are still to come', async () => {
  expect(await goingOn({ 0: 60, 1: 50, 2: 45 })).toEqual([true, 1, 2]);
  expect(await goingOn({ 0: 60, 1: 40 })).toEqual([true, 1]);
  expect(await goingOn({ 0: 20 })).toEqual([true]);
  expect(await goingOn({})).toEqual([true]);
});

test('a run that was saved beyond a step at which it is still to be forked begins again, and so does what needs it', async () => {
  expect(await goingOn({ 0: 21 })).toEqual([false]);
  expect(await goingOn({ 0: 60, 1: 50 })).toEqual([false]);
  // Fork 2 needs neither of them.
  expect(await goingOn({ 0: 60, 2: 50 })).toEqual([false, 2]);
});

test('what another numeric version saved does not count', async () => {
  expect(await goingOn({ 0: 60, 1: 50, 2: 45 }, '0')).toEqual([true]);
});
