// A further thread of a machine, in Node and in browsers alike: opens its own instance of the kernels on the shared memory
// and serves runs until the machine is closed.

import { ASLEEP_FOR_RUN, CLOSED, COUNT, FIRST, PAGES, PROGRAM, raise, SEQUENCE } from './control.js';
import { openInstance } from './instance.js';
import { SPINS, walk } from './walk.js';

/**
 * What a worker is told when it starts.
 * @typedef {object} WorkerStart
 * @property {WebAssembly.Module} module
 * @property {WebAssembly.Memory} memory
 * @property {number} tiles number of the tiles that all instances use
 * @property {number} control index of the control block, in words
 * @property {number} worker
 */

const PAGE_WORDS = 65536 / 4;

/** @param {WorkerStart} start */
async function serve({ module, memory, tiles, control, worker }) {
  const exported = await openInstance(module, memory);
  /** @type {(tiles: number) => void} */ (exported.useTiles)(tiles);
  const execute = /** @type {import('./walk.js').Thread['execute']} */ (exported.execute);
  const thread = {
    cells: new Int32Array(memory.buffer),
    control,
    worker,
    execute,
    sleeps: true,
    patience: Number.POSITIVE_INFINITY,
  };
  try {
    let sequence = 0;
    for (;;) {
      sequence = nextRun(thread.cells, control, sequence);
      if (sequence === 0) return;
      const { cells } = thread;
      const pages = Atomics.load(cells, control + PAGES);
      const program = Atomics.load(cells, control + PROGRAM);
      const count = Atomics.load(cells, control + COUNT);
      const first = Atomics.load(cells, control + FIRST);
      // Another run may have been written down meanwhile: then these words belong to no run.
      if (Atomics.load(cells, control + SEQUENCE) !== sequence) continue;
      if (cells.length < pages * PAGE_WORDS) {
        // Growing by nothing makes this thread see what another one has grown.
        memory.grow(0);
        thread.cells = new Int32Array(memory.buffer);
      }
      walk(thread, program, count, first, sequence);
    }
  } catch (error) {
    raise(thread.cells, control, worker, error);
  }
}

/**
 * Waits for a run other than the last one.
 * @param {Int32Array} cells
 * @param {number} control
 * @param {number} last
 * @returns {number} its number, 0 when the machine is closed
 */
function nextRun(cells, control, last) {
  let spins = 0;
  for (;;) {
    if (Atomics.load(cells, control + CLOSED) !== 0) return 0;
    const sequence = Atomics.load(cells, control + SEQUENCE);
    if (sequence !== last && sequence % 2 === 0) return sequence;
    if (++spins < SPINS) continue;
    Atomics.add(cells, control + ASLEEP_FOR_RUN, 1);
    Atomics.wait(cells, control + SEQUENCE, sequence);
    Atomics.sub(cells, control + ASLEEP_FOR_RUN, 1);
    spins = 0;
  }
}

if (typeof process !== 'undefined' && process.versions?.node !== undefined) {
  import(/* @vite-ignore */ 'node:worker_threads').then(({ workerData }) => serve(workerData));
} else {
  // An error before the first run reaches the page as this worker's `error` event, as it does in Node.
  addEventListener('message', ({ data }) => serve(data).catch(reportError), { once: true });
}
