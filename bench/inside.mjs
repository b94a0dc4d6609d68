// The parts of a program and of a trainer that only a profile looks into. They are private in the sources: nothing else may
// rely on them, and this file changes with them.

/** @typedef {import('../src/engine/threads/walk.js').Thread} Thread */
/** @typedef {{ crew: { thread: Thread }, wasm: WebAssembly.Memory }} OpenProgram */

/**
 * The program of a trainer's step.
 * @param {import('../src/training/trainer.ts').Trainer} trainer
 */
export function stepProgram(trainer) {
  const open = /** @type {{ program: import('../src/engine/program.ts').Program }} */ (
    /** @type {unknown} */ (trainer)
  );
  return open.program;
}

/**
 * Makes a program add up the time of every instruction that it, or another program of its machine, runs on the calling thread, by opcode, in milliseconds. An instruction is its opcode, the
 * number of its words, and the words. Each costs two readings of the clock more than before: about 0.1 µs.
 * @param {import('../src/engine/program.ts').Program} program
 * @returns {Float64Array} the times, which grow with every run
 */
export function timeInstructions(program) {
  const open = /** @type {OpenProgram} */ (/** @type {unknown} */ (program));
  const { thread } = open.crew;
  const { execute } = thread;
  const times = new Float64Array(64);
  /** @type {typeof execute} */
  const timed = (start, end, worker, lane, tile, rows, lanes) => {
    const words = new Int32Array(open.wasm.buffer);
    for (let at = start; at < end; ) {
      const next = at + 8 + 4 * words[(at >> 2) + 1];
      const before = performance.now();
      execute(at, next, worker, lane, tile, rows, lanes);
      times[words[at >> 2]] += performance.now() - before;
      at = next;
    }
  };
  thread.execute = timed;
  return times;
}
