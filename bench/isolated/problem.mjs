// The simulation of Musat (arXiv:2511.01938): sums modulo 37 of unordered pairs, 70 % of them in train, 512 hidden units. By a
// formula, so that its twin problem.py has the same numbers.

const MODULUS = 37;
const WIDTH = 512;
const TRAIN = 492;
/** A step through all 703 pairs that meets each of them once. */
const STRIDE = 311;
/** The largest 16-bit prime. */
const RESIDUES = 65521;

/** Element i of numbers spread evenly over (−½, ½). */
function spread(/** @type {number} */ i) {
  return ((37 * i * i + 7919 * i + 13) % RESIDUES) / RESIDUES - 0.5;
}

/** The problem, and weights [37, 512] of standard deviation 37^(−1/2). */
export function isolatedProblem() {
  const pairs = Array.from({ length: MODULUS }, (_, a) =>
    Array.from({ length: MODULUS - a }, (_, i) => [a, a + i]),
  ).flat();
  const train = Array.from({ length: TRAIN }, (_, i) => pairs[(i * STRIDE) % pairs.length]);
  const scale = Math.sqrt(12 / MODULUS);
  return {
    problem: {
      train: {
        rows: Int32Array.from(train.flat()),
        labels: Int32Array.from(train, ([a, b]) => (a + b) % MODULUS),
        count: TRAIN,
      },
      ...{ terms: 2, inputs: MODULUS, width: WIDTH, classes: MODULUS, ridge: 0 },
      activation: /** @type {const} */ ('relu'),
    },
    weights: Float64Array.from({ length: MODULUS * WIDTH }, (_, i) => scale * spread(i)),
  };
}

/** The step of Euler's method in the paper. */
export const ETA = 1e-3;
