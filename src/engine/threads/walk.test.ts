import { expect, test } from 'vitest';
import { laneOf } from './walk.js';

test('every lane is claimed once, those with one tile more first', () => {
  for (let lanes = 1; lanes <= 8; lanes++) {
    for (let tiles = 0; tiles <= 40; tiles++) {
      const order = Array.from({ length: lanes }, (_, job) => laneOf(job, lanes, tiles));
      expect([...order].sort()).toEqual(Array.from({ length: lanes }, (_, lane) => lane));
      const lengths = order.map(
        (lane) => Math.floor(((lane + 1) * tiles) / lanes) - Math.floor((lane * tiles) / lanes),
      );
      expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    }
  }
});
