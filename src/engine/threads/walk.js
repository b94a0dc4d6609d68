// What every thread does in a run: walk the phases of the program, claim jobs of the phase at hand while there are any,
// and go on when all of them are finished, whoever ran them. A phase waits for finished jobs and not for threads, so one
// that sleeps, or never came, holds nobody up. Nothing here makes an object.

import {
  ASLEEP_FOR_JOBS,
  BEATS,
  CLAIMED,
  FAULT,
  FINISHED,
  LANES,
  MOST_THREADS,
  raise,
  SEQUENCE,
} from './control.js';

/**
 * @typedef {object} Thread
 * @property {Int32Array} cells the whole memory
 * @property {number} control index of the control block in it
 * @property {number} worker 0 for the thread that asks for runs
 * @property {(start: number, end: number, worker: number, lane: number, tile: number, rows: number, lanes: number) => void} execute
 * @property {boolean} sleeps false where waiting must not block, as in the main thread of a page
 * @property {number} patience seconds without a sign of life after which it gives the others up
 */

/** Looks at a counter before a thread goes to sleep: some ten microseconds, less than falling asleep and waking take. */
export const SPINS = 4000;
/** Looks that take about a second, where a thread may not sleep. */
const SPINS_PER_SECOND = 2 ** 27;

/**
 * Walks a program's phases.
 * @param {Thread} thread
 * @param {number} program address of the table: phases, examples of a tile, most lanes; then for each phase its kind and
 *   for JOBS the number of jobs and their start and end, for LANES start and end of what clears a lane and of what runs for a tile
 * @param {number} count examples of the run
 * @param {number} first number of the run's first job
 * @param {number} sequence number of the run
 * @returns {boolean} false when it left early, because of a fault or because the run is long over
 */
export function walk(thread, program, count, first, sequence) {
  const { cells } = thread;
  let at = program >>> 2;
  const phases = cell(cells, at);
  const tileExamples = cell(cells, at + 1);
  const tiles = Math.ceil(count / tileExamples);
  const lanes = Math.min(cell(cells, at + 2), Math.max(tiles, 1));
  at += 3;
  let begin = first;
  for (let phase = 0; phase < phases; phase++) {
    const ofLanes = cell(cells, at) === LANES;
    const jobs = ofLanes ? lanes : cell(cells, at + 1);
    for (let job = claim(thread, begin, jobs); job >= 0; job = claim(thread, begin, jobs)) {
      if (ofLanes) runLane(thread, at, job, lanes, tiles, count, tileExamples);
      else call(thread, at + 2 + 2 * job, 0, 0, 0, lanes);
      finish(thread, (begin + jobs) | 0);
    }
    begin = (begin + jobs) | 0;
    if (!reached(thread, begin, sequence)) return false;
    at += ofLanes ? 5 : 2 + 2 * jobs;
  }
  return true;
}

/**
 * @param {Int32Array} cells
 * @param {number} at
 */
function cell(cells, at) {
  return /** @type {number} */ (cells[at]);
}

/**
 * Claims one of the jobs from number `begin` on.
 * @param {Thread} thread
 * @param {number} begin
 * @param {number} jobs
 * @returns {number} the job within its phase, −1 when none is left
 */
function claim({ cells, control }, begin, jobs) {
  for (;;) {
    const next = Atomics.load(cells, control + CLAIMED);
    const job = (next - begin) | 0;
    if (job < 0 || job >= jobs) return -1;
    if (Atomics.compareExchange(cells, control + CLAIMED, next, (next + 1) | 0) === next) return job;
  }
}

/**
 * Calls the kernels for the instructions whose start and end stand at an index.
 * @param {Thread} thread
 * @param {number} at
 * @param {number} lane
 * @param {number} tile
 * @param {number} rows
 * @param {number} lanes
 */
function call({ cells, control, worker, execute }, at, lane, tile, rows, lanes) {
  execute(cell(cells, at), cell(cells, at + 1), worker, lane, tile, rows, lanes);
  Atomics.add(cells, control + BEATS + worker, 1);
}

/**
 * One lane: clears its accumulators and runs its tiles in order.
 * @param {Thread} thread
 * @param {number} at
 * @param {number} job
 * @param {number} lanes
 * @param {number} tiles
 * @param {number} count
 * @param {number} tileExamples
 */
function runLane(thread, at, job, lanes, tiles, count, tileExamples) {
  const lane = laneOf(job, lanes, tiles);
  call(thread, at + 1, lane, 0, 0, lanes);
  const end = Math.floor(((lane + 1) * tiles) / lanes);
  for (let tile = Math.floor((lane * tiles) / lanes); tile < end; tile++) {
    call(thread, at + 3, lane, tile, Math.min(tileExamples, count - tile * tileExamples), lanes);
  }
}

/**
 * The lane that is claimed as number `job`: those with one tile more come first, so that the threads end together.
 * @param {number} job
 * @param {number} lanes
 * @param {number} tiles
 */
export function laneOf(job, lanes, tiles) {
  const long = tiles % lanes;
  return job < long
    ? Math.ceil(((job + 1) * lanes) / long) - 1
    : Math.floor(((job - long) * lanes) / (lanes - long));
}

/**
 * Counts a job as finished; the one that makes its phase whole wakes who waits for it.
 * @param {Thread} thread
 * @param {number} end number of the first job after the phase
 */
function finish({ cells, control }, end) {
  const finished = (Atomics.add(cells, control + FINISHED, 1) + 1) | 0;
  if (finished === end && Atomics.load(cells, control + ASLEEP_FOR_JOBS) > 0) {
    Atomics.notify(cells, control + FINISHED);
  }
}

/**
 * Waits until all jobs before number `end` are finished.
 * @param {Thread} thread
 * @param {number} end
 * @param {number} sequence
 */
function reached(thread, end, sequence) {
  const { cells, control, worker, sleeps, patience } = thread;
  let spins = 0;
  let quiet = 0;
  let beats = 0;
  for (;;) {
    const seen = Atomics.load(cells, control + FINISHED);
    if (((seen - end) | 0) >= 0) return true;
    if (Atomics.load(cells, control + FAULT) !== 0) return false;
    if (Atomics.load(cells, control + SEQUENCE) !== sequence) return false;
    if (++spins < SPINS) continue;
    if (sleeps) {
      Atomics.add(cells, control + ASLEEP_FOR_JOBS, 1);
      const woken = Atomics.wait(cells, control + FINISHED, seen, 1000);
      Atomics.sub(cells, control + ASLEEP_FOR_JOBS, 1);
      if (woken !== 'timed-out') continue;
    } else if (spins % SPINS_PER_SECOND !== 0) {
      continue;
    }
    // About a second has gone by. Counted, not read off a clock: a computer that slept meanwhile does no harm.
    const now = allBeats(cells, control);
    quiet = now === beats ? quiet + 1 : 0;
    beats = now;
    if (quiet >= patience) {
      raise(cells, control, worker, `a thread has done nothing for ${patience} s and holds up the others`);
    }
  }
}

/**
 * @param {Int32Array} cells
 * @param {number} control
 */
function allBeats(cells, control) {
  let sum = 0;
  for (let worker = 0; worker < MOST_THREADS; worker++) {
    sum = (sum + Atomics.load(cells, control + BEATS + worker)) | 0;
  }
  return sum;
}
