/**
 * Whose turn it is to be drawn anew: one panel a frame, so that the page goes on answering while a run goes on. Panels in view come
 * first, in the order in which they asked; the others, which are still read by search and by screen readers, more rarely.
 */

/** One that is drawn anew. */
export interface Turn {
  readonly draw: () => void;
  /** Whether it is in view, or nearly. */
  readonly isNear: () => boolean;
}

/** Ms between two turns of panels out of view while others ask for theirs. */
const FAR_EVERY = 500;
/** Ms after which those in view count as drawn, so that the others have their turn in every frame. */
const REST = 250;

export class Turns {
  readonly #nextFrame: (frame: (now: number) => void) => void;
  readonly #waiting = new Set<Turn>();
  #isScheduled = false;
  #lastNear = Number.NEGATIVE_INFINITY;
  #lastFar = Number.NEGATIVE_INFINITY;

  /** @param nextFrame calls back with the time, in ms, when the next frame begins */
  constructor(nextFrame: (frame: (now: number) => void) => void = requestAnimationFrame) {
    this.#nextFrame = nextFrame;
  }

  /** Draws it when its turn comes, once however often it asks until then. */
  request(turn: Turn): void {
    this.#waiting.add(turn);
    this.#schedule();
  }

  /** It was drawn by other means, or is gone. */
  withdraw(turn: Turn): void {
    this.#waiting.delete(turn);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    this.#nextFrame((now) => {
      this.#isScheduled = false;
      this.#frame(now);
      this.#schedule();
    });
  }

  #frame(now: number): void {
    const waiting = [...this.#waiting];
    const near = waiting.find((turn) => turn.isNear());
    const far = waiting.find((turn) => !turn.isNear());
    if (near !== undefined) this.#lastNear = now;
    const isFarDue = now - this.#lastFar >= FAR_EVERY || (near === undefined && now - this.#lastNear >= REST);
    const turn = far !== undefined && isFarDue ? far : near;
    if (turn === undefined) return;
    if (turn === far) this.#lastFar = now;
    this.#waiting.delete(turn);
    turn.draw();
  }
}
