// For roofline.mjs, in a process of its own on one thread: the limits of the processor under this Node, and the time of a step
// of the reference transformer by kind of instruction. One line of JSON.

import { setFlagsFromString } from 'node:v8';
import { compiled } from './assembly-script.mjs';
import { loadLibrary, loadOpcodes } from './grokscope.mjs';
import { stepProgram, timeInstructions } from './inside.mjs';
import { experimentOf } from './peers/work-file.mjs';
import { workNamed } from './peers/works.mjs';
import { median, rounded } from './statistics.mjs';

const ROUNDS = 15;
const TURNS = 1_000_000;
/** Bytes of each of two arrays: within the first cache, the second, and far beyond all. */
const SIZES = { 'first cache': 12_288, 'second cache': 196_608, memory: 67_108_864 };
/** Bytes that are gone through in one measurement of bandwidth, at least. */
const MOVED = 50_000_000;

/** @typedef {(at: number, turns: number) => void} Chains */
/** @typedef {Record<'NARROW_MADDS' | 'WIDE_MADDS', WebAssembly.Global> & Record<'narrow' | 'wide', Chains>} Compute */
/** @typedef {{ addInPlace(from: number, to: number, bytes: number): void }} Memory */

if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
const { allowRevectorizer, buildDataset, Trainer } = await loadLibrary();
await allowRevectorizer(); // as the command does, before anything is compiled

async function limits() {
  const memory = new WebAssembly.Memory({ initial: 2200 });
  const module = await WebAssembly.compile(await compiled('limits.ts'));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { NARROW_MADDS, WIDE_MADDS, narrow, wide, addInPlace } = /** @type {Compute & Memory} */ (
    /** @type {unknown} */ (exports)
  );
  // x = y = 0: chains that are 0 after one turn, far from subnormals and infinities.
  const flops = (/** @type {WebAssembly.Global} */ madds) => 2 * madds.value * TURNS;
  const gflops = Math.max(
    best(() => narrow(65536, TURNS), flops(NARROW_MADDS)),
    best(() => wide(65536, TURNS), flops(WIDE_MADDS)),
  );
  const bandwidth = Object.entries(SIZES).map(([name, bytes]) => {
    const times = Math.max(1, Math.round(MOVED / bytes));
    const move = () => {
      for (let i = 0; i < times; i++) addInPlace(131072, 131072 + bytes + 4096, bytes);
    };
    return [name, best(move, 3 * bytes * times)];
  });
  return { gflops, gigabytes_per_s: Object.fromEntries(bandwidth) };
}

/**
 * Billions of `amount` per second in the fastest of some rounds: a limit is what is reached undisturbed.
 * @param {() => void} job
 * @param {number} amount
 */
function best(job, amount) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    job();
    return performance.now() - start;
  });
  return rounded(amount / Math.min(...times) / 1e6, 2);
}

async function profile() {
  const { OPCODE } = await loadOpcodes();
  const experiment = await experimentOf(workNamed('p113'));
  const trainer = await Trainer.start(experiment, buildDataset(experiment));
  for (let i = 0; i < 8; i++) trainer.advance();
  const spent = timeInstructions(stepProgram(trainer));
  const rounds = Array.from({ length: ROUNDS }, () => {
    spent.fill(0);
    trainer.advance();
    return spent.slice();
  });
  const kinds = Object.entries(OPCODE).map(([kind, opcode]) => [
    kind,
    rounded(median(rounds.map((round) => round[opcode])), 3),
  ]);
  return Object.fromEntries(kinds.filter(([, ms]) => Number(ms) > 0));
}

console.log(JSON.stringify({ limits: await limits(), profile_ms: await profile() }));
