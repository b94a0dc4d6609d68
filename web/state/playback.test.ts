import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { PlayedRun } from '../run/played-run.ts';
import { Forks } from './forks.ts';
import { Playback } from './playback.ts';

/** A run that writes down what it is asked for, and what stands around it. */
function played(isSimulated: boolean) {
  const asked: string[] = [];
  const run = {
    isSimulated,
    play: (until?: string) => asked.push(until === undefined ? 'play' : `play until ${until}`),
    pause: () => asked.push('pause'),
    advance: () => asked.push('advance'),
    setPace: (pace: number) => asked.push(`pace ${pace}`),
    dispose: () => asked.push('end'),
  } as unknown as PlayedRun;
  const cursor = signal<number | undefined>(12);
  const offer = { withdraw: () => asked.push('withdraw') };
  const playback = new Playback(5, { played: signal(run), forks: new Forks(), cursor, offer });
  return { playback, asked, cursor };
}

test('what was saved is offered until the run is let go, and pausing lets nothing go', () => {
  const { playback, asked } = played(false);
  playback.pause();
  expect([playback.begun.value, asked]).toEqual([false, ['pause']]);
  playback.play('grokked_step');
  expect([playback.begun.value, asked]).toEqual([true, ['pause', 'withdraw', 'play until grokked_step']]);
});

test('going on to the next evaluation shows the latest step, playing on leaves the one that is looked at', () => {
  const { playback, cursor } = played(false);
  playback.play();
  expect(cursor.value).toBe(12);
  playback.advance();
  expect(cursor.value).toBeUndefined();
});

test('a simulation is ended and paced by itself; a training is, with its forks', () => {
  const training = played(false);
  const simulation = played(true);
  for (const { playback } of [training, simulation]) {
    playback.setPace(30);
    playback.endSimulation();
    expect(playback.pace.value).toBe(30);
  }
  expect(training.asked).toEqual([]);
  expect(simulation.asked).toEqual(['pace 30', 'end']);
});
