// Times of things that are done again and again in turns, so that what disturbs a machine disturbs all of them.

/**
 * The middle value; the mean of both for an even number of them.
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {number} value
 * @param {number} digits after the point
 */
export function rounded(value, digits) {
  return Number(value.toFixed(digits));
}

/**
 * Milliseconds by the clock and of the processor, one pair for each round.
 * @typedef {{ wall_ms: number[], cpu_ms: number[] }} Times
 */

/**
 * Runs every job once a round, after `warmUp` rounds that do not count.
 * @param {Readonly<Record<string, () => void>>} jobs
 * @param {{ rounds: number, warmUp: number }} options
 * @returns {Record<string, Times>}
 */
export function timedInTurns(jobs, { rounds, warmUp }) {
  const names = Object.keys(jobs);
  /** @type {Record<string, Times>} */
  const times = Object.fromEntries(names.map((name) => [name, { wall_ms: [], cpu_ms: [] }]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const [wall, cpu] = [performance.now(), process.cpuUsage()];
      jobs[name]();
      const used = process.cpuUsage(cpu);
      const elapsed = performance.now() - wall;
      if (round < 0) continue;
      times[name].wall_ms.push(rounded(elapsed, 3));
      times[name].cpu_ms.push(rounded((used.user + used.system) / 1000, 3));
    }
  }
  return times;
}
