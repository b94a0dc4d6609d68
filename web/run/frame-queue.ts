/** Reports of a worker, taken in together once a frame, or soon where the page is not drawn. */

/** Ms after which reports are taken in where there are no frames. */
const UNSEEN = 50;

export class FrameQueue<Report> {
  readonly #taken: (reports: readonly Report[]) => void;
  #pending: Report[] = [];

  /** @param taken told all that came since the last time */
  constructor(taken: (reports: readonly Report[]) => void) {
    this.#taken = taken;
  }

  add(report: Report): void {
    this.#pending.push(report);
    if (this.#pending.length > 1) return;
    const flush = () => {
      const reports = this.#pending;
      this.#pending = [];
      this.#taken(reports);
    };
    if (document.hidden) setTimeout(flush, UNSEEN);
    else requestAnimationFrame(flush);
  }
}
