/** Which checkpoints of a run are looked into, and in which order: the latest first, for it is what the page shows. */

/** A checkpoint is a network's size, and each look runs all examples through it. */
const MOST_LOOKED_INTO = 60;

/** At most `most` of the steps, evenly chosen by place, the first and the last among them; ascending. */
export function evenlyThinned(steps: readonly number[], most = MOST_LOOKED_INTO): number[] {
  if (steps.length <= most) return [...steps];
  return Array.from(
    { length: most },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (most - 1))] as number,
  );
}

/** The step to look into next: the latest if it is not known yet, then from the beginning; undefined when all are known. */
export function nextLook(steps: readonly number[], known: ReadonlySet<number>): number | undefined {
  const latest = steps.at(-1);
  if (latest !== undefined && !known.has(latest)) return latest;
  return steps.find((step) => !known.has(step));
}
