// Frames of a stretch of time: how many a second, and how long the slow ones took.

import { median, rounded } from '../statistics.mjs';

/**
 * @typedef {object} FrameRate
 * @property {number} perSecond frames of the stretch ÷ its seconds
 * @property {number} median_ms between two frames
 * @property {number} slowest5_ms 95 of 100 frames took at most this
 * @property {number} longest_ms
 * @property {number} long_tasks of the main thread, above 50 ms
 */

/**
 * @param {import('./recorder.mjs').Recorded} recorded
 * @param {number} from ms
 * @param {number} to
 * @returns {FrameRate}
 */
export function frameRate({ frames, longTasks }, from, to) {
  const within = frames.filter((at) => at >= from && at <= to);
  const between = within.slice(1).map((at, i) => at - within[i]);
  const sorted = [...between].sort((a, b) => a - b);
  return {
    perSecond: rounded((1000 * within.length) / (to - from), 1),
    median_ms: rounded(median(sorted), 1),
    slowest5_ms: rounded(sorted[Math.floor(0.95 * sorted.length)], 1),
    longest_ms: rounded(sorted[sorted.length - 1], 1),
    long_tasks: longTasks.filter(({ start }) => start >= from && start <= to).length,
  };
}

/** @param {FrameRate} rate */
export function inWords({ median_ms, slowest5_ms, longest_ms, long_tasks }) {
  return `median ${median_ms} ms, 95 of 100 within ${slowest5_ms} ms, longest ${longest_ms} ms; ${long_tasks} tasks above 50 ms`;
}
