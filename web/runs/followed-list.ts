/** A list of the server's as the page knows it, asked for again and again while somebody looks. */

import { signal } from '@preact/signals';

export class FollowedList<Listed> {
  /** Undefined until there is one, which on a plain web host is never. */
  readonly listed = signal<Listed | undefined>(undefined);
  /** Why there is none, or no newer one. */
  readonly fault = signal<string | undefined>(undefined);
  readonly #ask: (signal: AbortSignal) => Promise<Listed | undefined>;
  readonly #every: number;

  /**
   * @param ask gives undefined where there never will be a list
   * @param every ms from one answer to the next question
   */
  constructor(ask: (signal: AbortSignal) => Promise<Listed | undefined>, every: number) {
    this.#ask = ask;
    this.#every = every;
  }

  /** Follows the list until the function it returns is called. */
  follow(isLookedAt: () => boolean): () => void {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        if (isLookedAt()) {
          const listed = await this.#ask(end.signal);
          if (listed === undefined) return;
          this.listed.value = listed;
          this.fault.value = undefined;
        }
      } catch (error) {
        if (end.signal.aborted) return;
        this.fault.value = error instanceof Error ? error.message : String(error);
      }
      if (!end.signal.aborted) timer = setTimeout(ask, this.#every);
    };
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }
}
