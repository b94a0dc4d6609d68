/** Takes what a worker reports in at the pace of the page: what can wait is gathered for a moment, what cannot brings all before it along. */

/** Ms between two takings of what can wait: a page that drew every evaluation of a fast training would do nothing else. */
const TAKE_EVERY = 100;

/** When something is to be done: in the next frame, or after so many ms; the function returned calls it off. */
export type Delay = (job: () => void, ms: number) => () => void;

export class ReportQueue<Report> {
  readonly #take: (reports: readonly Report[]) => void;
  readonly #canWait: (report: Report) => boolean;
  readonly #delay: Delay;
  readonly #clock: () => number;
  #pending: Report[] = [];
  #taken = Number.NEGATIVE_INFINITY;
  #scheduled: { readonly isSoon: boolean; readonly callOff: () => void } | undefined;

  /**
   * @param take is given all reports since it was called last, in their order
   * @param canWait whether a report need not be seen at once
   */
  constructor(
    take: (reports: readonly Report[]) => void,
    canWait: (report: Report) => boolean,
    delay: Delay = inPage,
    clock = () => performance.now(),
  ) {
    this.#take = take;
    this.#canWait = canWait;
    this.#delay = delay;
    this.#clock = clock;
  }

  push(report: Report): void {
    this.#pending.push(report);
    const rest = this.#taken + TAKE_EVERY - this.#clock();
    const wait = this.#canWait(report) && rest > 0 ? rest : 0;
    if (this.#scheduled !== undefined) {
      if (wait > 0 || this.#scheduled.isSoon) return;
      this.#scheduled.callOff();
    }
    this.#scheduled = { isSoon: wait === 0, callOff: this.#delay(() => this.#flush(), wait) };
  }

  #flush(): void {
    this.#scheduled = undefined;
    this.#taken = this.#clock();
    const reports = this.#pending;
    this.#pending = [];
    this.#take(reports);
  }
}

/** In the next frame where nothing is to be waited for and the page is drawn. */
function inPage(job: () => void, ms: number): () => void {
  if (ms === 0 && !document.hidden) {
    const frame = requestAnimationFrame(job);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(job, ms || 50);
  return () => clearTimeout(timer);
}
