import { expect, test } from 'vitest';
import { type Hand, HandLost } from './hand.ts';
import type { JobEnd, RunJob } from './perform-run.ts';
import { performAll } from './pool.ts';

type Play = (run: string, stopped: () => boolean) => Promise<JobEnd>;
const finished: JobEnd = { kind: 'finished' };
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Hands that play; a job is known by its path. */
function stage(play: Play) {
  const hired: { dismissed: boolean; performed: string[] }[] = [];
  const hire = (): Hand => {
    const record = { dismissed: false, performed: [] as string[] };
    hired.push(record);
    let stopped = false;
    return {
      perform: (job) => {
        record.performed.push(job.path);
        return play(job.path, () => stopped);
      },
      stop: () => {
        stopped = true;
      },
      dismiss: () => {
        record.dismissed = true;
      },
    };
  };
  const ended: string[] = [];
  const options = {
    hire,
    jobOf: (path: string) => ({ path }) as RunJob,
    signal: new AbortController().signal,
    onEnd: (run: string, { kind }: JobEnd) => {
      ended.push(`${run} ${kind}`);
    },
  };
  return { hired, ended, options };
}

test('runs begin in their order, so many at a time, and hands stay for the next run', async () => {
  let atOnce = 0;
  let most = 0;
  const { hired, ended, options } = stage(async () => {
    most = Math.max(most, ++atOnce);
    await pause();
    atOnce -= 1;
    return finished;
  });
  expect(await performAll(['a', 'b', 'c', 'd', 'e'], { ...options, jobs: 2 })).toEqual([]);
  expect(most).toBe(2);
  expect(hired.length).toBe(2);
  expect(hired.map(({ performed }) => performed[0])).toEqual(['a', 'b']);
  expect(hired.every(({ dismissed }) => dismissed)).toBe(true);
  expect(ended.length).toBe(5);
});

test('a lost hand is replaced twice for a run; then the run is given up and the others go on', async () => {
  const { hired, ended, options } = stage(async (run) => {
    if (run === 'b') throw new HandLost('signal SIGKILL');
    return finished;
  });
  const lost: string[] = [];
  const onLost = (run: string, reason: string) => lost.push(`${run}: ${reason}`);
  const givenUp = await performAll(['a', 'b', 'c'], { ...options, jobs: 1, onLost });
  expect(givenUp).toEqual([{ run: 'b', reason: 'signal SIGKILL' }]);
  expect(ended).toEqual(['a finished', 'c finished']);
  expect(lost).toEqual(['b: signal SIGKILL', 'b: signal SIGKILL', 'b: signal SIGKILL']);
  expect(hired.map(({ performed }) => performed)).toEqual([['a', 'b'], ['b'], ['b'], ['c']]);
});

test('when a run fails the others are stopped before the failure is told, and no further one begins', async () => {
  const { hired, ended, options } = stage(async (run, stopped) => {
    if (run === 'bad') throw new Error('no');
    while (!stopped()) await pause();
    return { kind: 'interrupted' };
  });
  await expect(performAll(['long', 'bad', 'next'], { ...options, jobs: 2 })).rejects.toThrow('no');
  expect(ended).toEqual([]);
  expect(hired.flatMap(({ performed }) => performed)).toEqual(['long', 'bad']);
});

test('an abort stops the runs at hand; none of them has ended, and no further one begins', async () => {
  const stop = new AbortController();
  const { hired, ended, options } = stage(async (_, stopped) => {
    stop.abort();
    while (!stopped()) await pause();
    return { kind: 'interrupted' };
  });
  await performAll(['a', 'b', 'c'], { ...options, jobs: 2, signal: stop.signal });
  expect(ended).toEqual([]);
  expect(hired.flatMap(({ performed }) => performed)).toEqual(['a']);
});
