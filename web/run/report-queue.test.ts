import { expect, test } from 'vitest';
import { ReportQueue } from './report-queue.ts';

/** A queue on a clock that is moved by hand; words in capitals cannot wait. */
function queueByHand() {
  const taken: string[] = [];
  let now = 1000;
  let due: { at: number; job: () => void } | undefined;
  const queue = new ReportQueue<string>(
    (reports) => taken.push(reports.join(' ')),
    (report) => report === report.toLowerCase(),
    (job, ms) => {
      const mine = { at: now + ms, job };
      due = mine;
      return () => {
        if (due === mine) due = undefined;
      };
    },
    () => now,
  );
  const passes = (ms: number) => {
    now += ms;
    const late = due;
    if (late === undefined || late.at > now) return;
    due = undefined;
    late.job();
  };
  return { queue, taken, passes };
}

test('the first report is taken at once, those that follow together a moment later, in their order', () => {
  const { queue, taken, passes } = queueByHand();
  queue.push('a');
  passes(0);
  for (const report of ['b', 'c', 'd']) {
    queue.push(report);
    passes(20);
  }
  expect(taken).toEqual(['a']);
  passes(60);
  expect(taken).toEqual(['a', 'b c d']);
});

test('what cannot wait is taken at once, with all that came before it, and nothing is taken twice', () => {
  const { queue, taken, passes } = queueByHand();
  queue.push('a');
  passes(0);
  queue.push('b');
  queue.push('STOP');
  queue.push('c');
  passes(0);
  expect(taken).toEqual(['a', 'b STOP c']);
  passes(500);
  expect(taken.length).toBe(2);
});
