import { computed, signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { until } from './until.ts';

const never = new AbortController().signal;

test('what holds already is not waited for, and what does not is waited for until it does', async () => {
  const step = signal(0);
  await until(() => step.value === 0, never);
  const events: string[] = [];
  const waiting = until(() => step.value >= 40, never).then(() => events.push('reached'));
  step.value = 39;
  await Promise.resolve();
  expect(events).toEqual([]);
  step.value = 40;
  await waiting;
  expect(events).toEqual(['reached']);
});

test('once it has held, the condition is asked no more', async () => {
  const step = signal(0);
  let asked = 0;
  const isThere = () => {
    asked++;
    return step.value > 0;
  };
  const waiting = until(isThere, never);
  step.value = 1;
  await waiting;
  const before = asked;
  step.value = 2;
  expect(asked).toBe(before);
});

test('what is given up is rejected with the reason, before or while it is waited for, and asked no more', async () => {
  const step = signal(0);
  const parity = computed(() => step.value % 2);
  const given = new AbortController();
  const waiting = until(() => parity.value === 1, given.signal);
  given.abort(new Error('walked on'));
  await expect(waiting).rejects.toThrow('walked on');
  step.value = 1;
  await expect(until(() => true, given.signal)).rejects.toThrow('walked on');
});
