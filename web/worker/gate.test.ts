import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

/** A gate on a clock that stands still unless it is moved, and what it told. */
function gateOf(start: { playing: boolean; pace: number }) {
  const told: boolean[] = [];
  const time = { now: 0 };
  const gate = new Gate(
    start,
    (waiting) => told.push(waiting),
    () => time.now,
  );
  return { gate, told, time };
}

async function settles(passage: Promise<void> | undefined): Promise<boolean> {
  const soon = new Promise<boolean>((decide) => setTimeout(() => decide(false), 20));
  return Promise.race([Promise.resolve(passage).then(() => true), soon]);
}

test('a training that plays without a pace is never held', () => {
  const { gate, told } = gateOf({ playing: true, pace: Number.POSITIVE_INFINITY });
  expect([1, 2, 3].map(() => gate.passage())).toEqual([undefined, undefined, undefined]);
  expect(told).toEqual([]);
});

test('a paused training waits until it is told to play, and says so both times', async () => {
  const { gate, told } = gateOf({ playing: false, pace: Number.POSITIVE_INFINITY });
  const passage = gate.passage();
  expect(await settles(passage)).toBe(false);
  expect(told).toEqual([true]);
  gate.play();
  expect(await settles(passage)).toBe(true);
  expect(told).toEqual([true, false]);
  expect(gate.passage()).toBeUndefined();
});

test('advance lets steps through up to the next evaluation and no further', async () => {
  const { gate } = gateOf({ playing: false, pace: Number.POSITIVE_INFINITY });
  const passage = gate.passage();
  gate.advance();
  expect(await settles(passage)).toBe(true);
  expect(gate.passage()).toBeUndefined();
  gate.evaluated();
  expect(gate.paused).toBe(true);
  expect(await settles(gate.passage())).toBe(false);
});

test('play after advance plays on through evaluations', () => {
  const { gate } = gateOf({ playing: false, pace: Number.POSITIVE_INFINITY });
  gate.advance();
  gate.play();
  gate.evaluated();
  expect(gate.paused).toBe(false);
});

test('at ten steps a second a step is due every 100 ms', () => {
  const { gate, time } = gateOf({ playing: true, pace: 10 });
  const passes = (now: number): boolean => {
    time.now = now;
    const isOpen = gate.passage() === undefined;
    return isOpen;
  };
  expect(passes(0)).toBe(true);
  expect(passes(99)).toBe(false);
});

test('steps that come late are not made up for in a burst', () => {
  const { gate, time } = gateOf({ playing: true, pace: 10 });
  time.now = 10_000;
  const passed = [1, 2, 3, 4, 5].filter(() => gate.passage() === undefined);
  expect(passed.length).toBeLessThanOrEqual(2);
});

test('asked to play until a milestone, it pauses at the evaluation at which that is first known, and only once', async () => {
  const nothing = { memorized_step: null, grokked_step: null };
  const { gate } = gateOf({ playing: true, pace: Number.POSITIVE_INFINITY });
  gate.play('memorized_step');
  gate.evaluated(nothing);
  expect(gate.paused).toBe(false);
  gate.evaluated({ ...nothing, memorized_step: 40 });
  expect(gate.paused).toBe(true);
  expect(await settles(gate.passage())).toBe(false);
  gate.play();
  gate.evaluated({ ...nothing, memorized_step: 40 });
  expect(gate.paused).toBe(false);
});

test('a milestone that was asked for from the start counts, and one that is past already pauses at the next evaluation', () => {
  const { gate } = gateOf({ playing: true, pace: Number.POSITIVE_INFINITY });
  gate.play('grokked_step');
  gate.evaluated({ memorized_step: 40, grokked_step: 545 });
  expect(gate.paused).toBe(true);
  const started = new Gate(
    { playing: true, pace: Number.POSITIVE_INFINITY, until: 'memorized_step' },
    () => undefined,
    () => 0,
  );
  started.evaluated({ memorized_step: 10, grokked_step: null });
  expect(started.paused).toBe(true);
});

test('who asks for one more evaluation, or to play on, no longer waits for a milestone', () => {
  const known = { memorized_step: 40, grokked_step: null };
  for (const ask of ['advance', 'play'] as const) {
    const { gate } = gateOf({ playing: true, pace: Number.POSITIVE_INFINITY });
    gate.play('memorized_step');
    gate[ask]();
    gate.evaluated({ memorized_step: null, grokked_step: null });
    if (ask === 'advance') gate.play();
    gate.evaluated(known);
    expect(gate.paused).toBe(false);
  }
});

test('a pause before an evaluation waits after it', async () => {
  const { gate, told } = gateOf({ playing: true, pace: Number.POSITIVE_INFINITY });
  gate.pause();
  expect(await settles(gate.passage(true))).toBe(true);
  expect(told).toEqual([]);
  expect(await settles(gate.passage())).toBe(false);
  expect(told).toEqual([true]);
});
