/** How many threads a training runs on when nobody says so. */

/** Operations of a step that make a thread worth its while: about 0.2 ms, where threads meet within some microseconds. */
const OPERATIONS_PER_THREAD = 2e6;

/**
 * All cores, or fewer for a small network. The bits do not depend on it.
 * @param stepOperations floating-point operations of a step
 */
export function threadsWorthwhile(stepOperations: number, cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor(stepOperations / OPERATIONS_PER_THREAD)));
}
