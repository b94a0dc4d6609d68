// The block of memory in which the threads of a machine meet: words of 32 bits, those written often on cache lines of
// their own. Jobs are numbered without end (modulo 2³²) over all phases and runs, so that a thread that slept through
// some of them can't mistake one job for another.

/** Number of the run, twice; odd while the run is being written down. */
export const SEQUENCE = 0;
/** Not 0 when the machine is closed. */
export const CLOSED = 1;
/** Address of the run's program. */
export const PROGRAM = 2;
/** Examples of the run. */
export const COUNT = 3;
/** Number of the run's first job. */
export const FIRST = 4;
/** Pages of memory when the run began. */
export const PAGES = 5;
/** Number of the next job that nobody has claimed. */
export const CLAIMED = 16;
/** Number of the first job that is not finished, once all before it are. */
export const FINISHED = 32;
/** Threads asleep until the next run, and until jobs are finished. */
export const ASLEEP_FOR_RUN = 48;
export const ASLEEP_FOR_JOBS = 49;
/** 0, or 1 + the thread that failed; −1 while it writes down why: a length and UTF-16 codes. */
export const FAULT = 64;
export const FAULT_TEXT = 65;
export const MOST_FAULT_CODES = 180;
/** Calls into the kernels that each thread has finished: a sign of life. */
export const BEATS = 256;

/** Threads that the block has room for. */
export const MOST_THREADS = 64;
export const CONTROL_BYTES = 4 * (BEATS + MOST_THREADS);

/** Kinds of phases in a program's table. */
export const JOBS = 0;
export const LANES = 1;

/**
 * Stops all threads, with the reason for whoever asked for the run; the first reason stands.
 * @param {Int32Array} cells
 * @param {number} control
 * @param {number} worker
 * @param {unknown} reason
 */
export function raise(cells, control, worker, reason) {
  if (Atomics.compareExchange(cells, control + FAULT, 0, -1) !== 0) return;
  const text = String(reason).slice(0, MOST_FAULT_CODES);
  cells[control + FAULT_TEXT] = text.length;
  for (let i = 0; i < text.length; i++) cells[control + FAULT_TEXT + 1 + i] = text.charCodeAt(i);
  Atomics.store(cells, control + FAULT, 1 + worker);
  Atomics.notify(cells, control + FINISHED);
}

/**
 * The reason that was raised, once it is written down.
 * @param {Int32Array} cells
 * @param {number} control
 * @returns {{ worker: number; reason: string } | undefined}
 */
export function raised(cells, control) {
  let fault = Atomics.load(cells, control + FAULT);
  while (fault === -1) fault = Atomics.load(cells, control + FAULT);
  if (fault === 0) return undefined;
  const at = control + FAULT_TEXT;
  const codes = cells.slice(at + 1, at + 1 + Number(cells[at]));
  return { worker: fault - 1, reason: String.fromCharCode(...codes) };
}
