/** Timing of what is about to be done many times, to foretell how long that will take. */

/** Seconds: the least of a few timings, because the first ones run code that is not compiled yet; one where that takes long. */
export function secondsOf(compute: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  const begun = performance.now();
  for (let timing = 0; timing < 20 && performance.now() - begun < 500; timing++) {
    const start = performance.now();
    compute();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}
