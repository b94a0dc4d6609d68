/** What a step of the guided tour is: words, one button that does something real, a sentence from the run's numbers, evidence. */

import type { Lab } from '../state/lab.ts';

export interface TourStep {
  readonly title: string;
  /** Paragraphs for a person who has trained one network. Numbers in them are settings or recorded results, never a run's own. */
  readonly words: readonly string[];
  /** What the one button says at the moment. Reads signals. */
  action(lab: Lab): string;
  /**
   * What the button does to the lab; resolved when it is done or the reader stopped it.
   * @param given aborted when the reader goes on to another step: what has not begun by then is not begun
   */
  act(lab: Lab, given: AbortSignal): void | Promise<void>;
  /** One sentence or two from the numbers of the runs as they stand. Reads signals. */
  live(lab: Lab): string;
  /** Panels concerned, by name, the chief one first. */
  readonly look: readonly { readonly panel: string; readonly what: string }[];
  readonly evidence: readonly { readonly words: string; readonly document: string }[];
}
