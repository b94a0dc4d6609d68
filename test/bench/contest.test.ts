import { expect, test } from 'vitest';
import { agrees, contest } from '../../bench/peers/contest.mjs';
import type { Runner } from '../../bench/peers/runner.mjs';

const work = { name: 'w', title: 'some work', config: '', overrides: [] };

/** A contestant that notes its turns in `order`, takes `ms` for a step, and starts with losses near 1. */
function contestant(name: string, options: { order?: string[]; ms?: number; loss?: number; ours?: boolean }) {
  const { order = [], ms = 50, loss = 1, ours = false } = options;
  const runner: Runner = {
    about: { version: '1', threads: 2 },
    run: async (steps) => {
      order.push(name);
      return { wall_ns: steps * ms * 1e6, cpu_ns: 2 * steps * ms * 1e6, loss, peak_mb: 7 };
    },
    losses: async (steps) => new Array<number>(steps).fill(loss),
    close: async () => {
      order.push(`${name} ends`);
    },
  };
  return { contestant: { name, title: name, ours, start: async () => runner }, threads: 2 };
}

const quietly = { rounds: 4, say: () => {} };

test('contestants take turns, are timed per step, and are all ended', async () => {
  const order: string[] = [];
  const entries = [contestant('a', { order, ours: true }), contestant('b', { order, ms: 25 })];
  const [a, b] = await contest(work, entries, quietly);
  expect(order.slice(-10).join(' ')).toBe('a b a b a b a b a ends b ends');
  expect([a.step_ms, b.step_ms]).toEqual([new Array(4).fill(50), new Array(4).fill(25)]);
  expect(a).toMatchObject({ threads: 2, peak_mb: 7, cpu_ms: new Array(4).fill(100) });
});

test('a slow contestant gets fewer turns, but three', async () => {
  const standings = await contest(work, [contestant('slow', { ms: 60_000 })], { ...quietly, rounds: 11 });
  expect(standings[0].step_ms).toHaveLength(3);
});

test('who computes something else than we do does not agree', async () => {
  const entries = [
    contestant('ours', { ours: true }),
    contestant('rounds', { loss: 1.00001 }),
    contestant('errs', { loss: 1.01 }),
  ];
  const standings = await contest(work, entries, quietly);
  expect(standings.map(agrees)).toEqual([true, true, false]);
  expect(standings[2].deviation).toBeCloseTo(0.01, 6);
});

test('who cannot start is left out with the reason, and the others go on', async () => {
  const said: string[] = [];
  const absent = contestant('absent', {});
  absent.contestant.start = async () => {
    throw new Error('it is not installed');
  };
  const standings = await contest(work, [absent, contestant('present', {})], {
    ...quietly,
    say: (sentence) => said.push(sentence),
  });
  expect(said).toEqual(['absent, some work: it is not installed']);
  expect(standings.map((standing) => standing.contestant)).toEqual(['present']);
});
