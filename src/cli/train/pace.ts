/** How fast a training goes: steps per second over the last seconds, so that it follows a change but does not jump. */

const WINDOW_SECONDS = 6;
/** Closer samples would only fill the window. */
const SPACING_SECONDS = 0.2;

export class Pace {
  #samples: { seconds: number; step: number }[] = [];

  /** Tells that `step` steps are done at a moment, in seconds from anywhere. */
  observe(step: number, seconds: number): void {
    const last = this.#samples.at(-1);
    const before = this.#samples.at(-2);
    // The newest sample moves on until it is far enough from the one before it.
    if (last && before && last.seconds - before.seconds < SPACING_SECONDS) this.#samples.pop();
    this.#samples.push({ seconds, step });
    while (this.#samples.length > 2 && seconds - this.#samples[1].seconds > WINDOW_SECONDS)
      this.#samples.shift();
  }

  /** Steps per second; NaN until two moments are known. */
  get rate(): number {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || last.seconds <= first.seconds) return Number.NaN;
    return (last.step - first.step) / (last.seconds - first.seconds);
  }
}
