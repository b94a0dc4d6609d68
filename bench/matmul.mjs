// The engine's matrix product against the best kernel written by hand for one size, with the same arithmetic and the same bits.

import { compiled } from './assembly-script.mjs';
import { loadLibrary } from './grokscope.mjs';
import { median, rounded, timedInTurns } from './statistics.mjs';

const EXAMPLES = 3832;
const INPUTS = 512;
const OUTPUTS = 113;
/** Multiply-adds count as two. */
const OPERATIONS = 2 * EXAMPLES * INPUTS * OUTPUTS;

/** As in hand-written-matmul.ts. */
const X_ROW = 2112;
const Y_ROW = 480;
/** Rows of x that every tile height and block divides; those beyond the examples are zero and cost the hand-written kernel. */
const PADDED_EXAMPLES = 3840;

/** Rows that stay in the second-level cache while all columns are computed. */
const BLOCKS = [48, 96, 192];

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'matmul',
  about: 'engine matmul at 113 × 512 × 3,832 against the best hand-written kernel of the same arithmetic',
  measure,
};

/**
 * @typedef {(x: number, panels: number, y: number, rows: number, block: number) => void} Multiply
 * @typedef {{ pack(w: number, panels: number, width: number): void } & Record<string, Multiply>} HandWritten
 */

async function measure() {
  const engine = await engineProduct();
  const hand = await handWrittenProducts(engine.x, engine.w);
  const different = Object.keys(hand.jobs).filter((name) => {
    hand.jobs[name]();
    return !sameBits(hand.result(), engine.run());
  });
  if (different.length > 0) {
    throw new Error(
      `matmul: ${different.join(', ')} do not give the engine's bits; the comparison would be of two things`,
    );
  }
  const times = timedInTurns({ engine: engine.multiply, ...hand.jobs }, { rounds: 40, warmUp: 8 });
  const best = Object.keys(hand.jobs).reduce((a, b) =>
    median(times[a].cpu_ms) <= median(times[b].cpu_ms) ? a : b,
  );
  const speed = (/** @type {string} */ name) =>
    `${rounded(OPERATIONS / median(times[name].cpu_ms) / 1e6, 1)} GFLOP/s`;
  return [
    {
      what: 'engine matmul, of the speed by hand',
      value: rounded(100 * median(times[best].cpu_ms.map((ms, round) => ms / times.engine.cpu_ms[round])), 1),
      unit: '%',
      target: { atLeast: 75 },
      remark:
        `engine ${speed('engine')} with reading x by number and writing y out, ` +
        `by hand ${speed(best)} (${best}), packing W in both`,
      raw: times,
    },
  ];
}

async function engineProduct() {
  const { engine, Machine } = await loadLibrary();
  const machine = await Machine.open();
  const stream = new engine.Stream(0, 'bench matmul');
  const x = Float32Array.from(stream.normals(EXAMPLES * INPUTS));
  const w = Float32Array.from(stream.normals(INPUTS * OUTPUTS));
  machine.setColumns({ x }, EXAMPLES, { x: [INPUTS] });
  const weights = engine.parameter('W', [INPUTS, OUTPUTS]);
  machine.setParameter(weights, w);
  const y = engine.matmul(engine.input('x', [INPUTS], 'f32', { examples: true }), weights);
  const program = machine.compile({ outputs: {}, perExample: { y } });
  const examples = Int32Array.from({ length: EXAMPLES }, (_, example) => example);
  const multiply = () => program.run(examples);
  const run = () => {
    multiply();
    return program.value('y');
  };
  return { x, w, multiply, run };
}

/**
 * @param {Float32Array} x [3832, 512]
 * @param {Float32Array} w [512, 113]
 */
async function handWrittenProducts(x, w) {
  const memory = new WebAssembly.Memory({ initial: 256 });
  const module = await WebAssembly.compile(await compiled('hand-written-matmul.ts'));
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = /** @type {HandWritten} */ (/** @type {unknown} */ (instance.exports));
  const at = { w: 65536, panels: 393216, x: 1048576, y: 10485760 };
  new Float32Array(memory.buffer, at.w, w.length).set(w);
  for (let row = 0; row < EXAMPLES; row++) {
    new Float32Array(memory.buffer, at.x + row * X_ROW, INPUTS).set(
      x.subarray(row * INPUTS, (row + 1) * INPUTS),
    );
  }
  /** @type {Record<string, () => void>} */
  const jobs = {};
  for (const [tile, width] of /** @type {const} */ ([
    ['4x8', 8],
    ['6x8', 8],
    ['4x12', 12],
  ])) {
    const multiply = kernels[`multiply${tile}`];
    for (const block of BLOCKS) {
      jobs[`${tile} in blocks of ${block}`] = () => {
        kernels.pack(at.w, at.panels, width);
        multiply(at.x, at.panels, at.y, PADDED_EXAMPLES, block);
      };
    }
  }
  /** y [3832, 113] of the last job */
  const result = () => {
    const y = new Float32Array(EXAMPLES * OUTPUTS);
    for (let row = 0; row < EXAMPLES; row++) {
      y.set(new Float32Array(memory.buffer, at.y + row * Y_ROW, OUTPUTS), row * OUTPUTS);
    }
    return y;
  };
  return { jobs, result };
}

/**
 * @param {Float32Array} mine
 * @param {import('../src/engine/index.ts').Values} theirs
 */
function sameBits(mine, theirs) {
  const [a, b] = [mine, theirs].map(
    (values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return Buffer.compare(a, b) === 0;
}
