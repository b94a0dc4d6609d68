import { expect, test } from 'vitest';
import { PlayState } from './play-state.ts';

test('what was asked while it is made ready holds when it is', () => {
  const asked = [
    new PlayState(false),
    new PlayState(true),
    new PlayState(false),
    new PlayState(true),
  ] as const;
  asked[2].goOn();
  asked[3].pause();
  for (const state of asked) {
    expect(state.status.value).toEqual({ kind: 'loading' });
    state.ready();
  }
  expect(asked.map(({ status }) => status.value.kind)).toEqual(['paused', 'running', 'running', 'paused']);
});

test('it is paused when its worker says so, and runs as soon as it is asked to', () => {
  const state = new PlayState(true);
  state.ready();
  state.pause();
  expect(state.status.value.kind).toBe('running');
  state.hear(true);
  expect(state.status.value.kind).toBe('paused');
  state.goOn();
  expect(state.status.value.kind).toBe('running');
});

test('asked to go on before the page heard that it waits, it runs', () => {
  const state = new PlayState(true);
  state.ready();
  state.pause();
  state.goOn();
  state.hear(true);
  state.hear(false);
  expect(state.status.value.kind).toBe('running');
});

test('one that has ended hears nothing more, and keeps how it ended', () => {
  const state = new PlayState(true);
  state.ready();
  state.status.value = { kind: 'finished' };
  state.end();
  expect([state.goOn(), state.pause()]).toEqual([false, false]);
  expect(state.status.value).toEqual({ kind: 'finished' });
});
