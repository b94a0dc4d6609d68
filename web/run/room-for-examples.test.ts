import { expect, test } from 'vitest';
import { parseExperiment } from '../../src/index.ts';
import { MOST_EXAMPLES, needRoomForExamples } from './room-for-examples.ts';

const modulo = (n: number) => parseExperiment(`dataset: { N: ${n} }`).experiment;

test('all pairs are counted before one is made, and too many are refused in a sentence with a way on', () => {
  const most = Math.floor(Math.sqrt(MOST_EXAMPLES));
  expect(() => needRoomForExamples(modulo(most))).not.toThrow();
  expect(() => needRoomForExamples(modulo(most + 1))).toThrow(
    /^The task has 20,007,729 examples, more than the 20,000,000 that a page may hold: make it smaller .* command line\.$/,
  );
});
