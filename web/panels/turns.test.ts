import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Turns whose frames come when they are called for, and the names of what was drawn, in order. */
function turnsByHand() {
  let waiting: ((now: number) => void) | undefined;
  const turns = new Turns((frame) => {
    waiting = frame;
  });
  const drawn: string[] = [];
  const turn = (name: string, isNear = true) => ({ draw: () => drawn.push(name), isNear: () => isNear });
  /** @returns whether there was anything to wait for */
  const frame = (now: number) => {
    const [due, isThere] = [waiting, waiting !== undefined];
    waiting = undefined;
    due?.(now);
    return isThere;
  };
  return { turns, drawn, turn, frame };
}

test('one is drawn a frame, in the order in which they asked, once however often they did; then there are no more frames', () => {
  const { turns, drawn, turn, frame } = turnsByHand();
  const [a, b] = [turn('a'), turn('b')];
  for (const one of [a, b, a, a]) turns.request(one);
  frame(0);
  expect(drawn).toEqual(['a']);
  frame(16);
  expect(drawn).toEqual(['a', 'b']);
  expect(frame(32)).toBe(false);
});

test('those in view come first; the others have their turn twice a second all the same', () => {
  const { turns, drawn, turn, frame } = turnsByHand();
  const near = turn('near');
  turns.request(turn('far', false));
  turns.request(turn('further', false));
  for (let now = 0; now < 1000; now += 20) {
    turns.request(near);
    frame(now);
  }
  expect(drawn.filter((name) => name !== 'near')).toEqual(['far', 'further']);
  expect(drawn.length).toBe(50);
});

test('once nothing in view asks any more, the others follow in every frame', () => {
  const { turns, drawn, turn, frame } = turnsByHand();
  turns.request(turn('near'));
  for (const name of ['1', '2', '3', '4']) turns.request(turn(name, false));
  for (let now = 1000; now < 1400; now += 20) frame(now);
  expect(drawn.length).toBe(5);
});

test('who withdraws is not drawn', () => {
  const { turns, drawn, turn, frame } = turnsByHand();
  const gone = turn('gone');
  turns.request(gone);
  turns.withdraw(gone);
  frame(0);
  expect(drawn).toEqual([]);
});
