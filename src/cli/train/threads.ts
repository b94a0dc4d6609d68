/** How many threads a training runs on when nobody says so, and what is said when it gets fewer. */

/** Operations of a step that make a thread worth its while: about 0.2 ms, where threads meet within some microseconds. */
const OPERATIONS_PER_THREAD = 2e6;

/**
 * All cores, or fewer for a small network. The bits do not depend on it.
 * @param stepOperations floating-point operations of a step
 */
export function threadsWorthwhile(stepOperations: number, cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor(stepOperations / OPERATIONS_PER_THREAD)));
}

/** Notices of the machine: kept until there is a run to which they belong, told at once from then on. */
export class MachineNotices {
  private readonly kept: string[] = [];
  private listener: ((sentence: string) => void) | undefined;

  say(sentence: string): void {
    if (this.listener === undefined) this.kept.push(sentence);
    else this.listener(sentence);
  }

  /** What has been said so far; the rest goes to the listener. */
  handOver(listener: (sentence: string) => void): readonly string[] {
    this.listener = listener;
    return this.kept;
  }
}
