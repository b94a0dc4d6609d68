// Linear algebra of the engine, its gradients, and the isolated dynamics in its kernels, against PyTorch
// (test/fixtures/make_linear_algebra.py).
import { beforeAll, describe, expect, test } from 'vitest';
import { type Expr, gradient, Machine, mul, parameter, sum } from '../../src/engine/index.ts';
import {
  cholesky,
  choleskySolve,
  symmetricEigenvalues,
  syrk,
  triangularSolve,
} from '../../src/engine/linear-algebra/index.ts';
import { KernelStep } from '../../src/theory/isolated/kernel-step.ts';
import { expectClose, expectSummary, readFixture, type Summary } from './fixture.ts';
import { formulaTensor } from './formula.ts';

interface Operation {
  value: Summary;
  gradients: Summary[];
}

interface Dynamics {
  width: number;
  ridge: number;
  activation: 'relu' | 'quadratic';
  eta: number;
  steps: number;
  velocity: Summary;
  last: Summary;
  value: number;
  weights: Summary;
}

const cases = Object.fromEntries(
  readFixture<Operation & Dynamics & { values: number[] }>('linear_algebra.json'),
);
const [N, K, COLUMNS] = [19, 23, 5];
const TOLERANCE = 1e-11;

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.open();
});

function leaf(name: string, values: ArrayLike<number>, shape: number[]): Expr {
  const node = parameter(name, shape, 'f64');
  machine.setParameter(node, values);
  return node;
}

function values(node: Expr): ArrayLike<number> {
  const program = machine.compile({ outputs: { node } });
  program.run();
  return program.value('node');
}

function formulaMatrix(): { f: Float64Array; a: Float64Array } {
  const f = formulaTensor([N, K], 0);
  const a = Float64Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    let total = i === j ? 0.1 : 0;
    for (let k = 0; k < K; k++) total += f[i * K + k] * f[j * K + k];
    return total;
  });
  return { f, a };
}

test.each(['syrk', 'cholesky', 'choleskySolve', 'forward', 'backward'])('%s', (name) => {
  const { f, a } = formulaMatrix();
  const b = leaf('b', formulaTensor([N, COLUMNS], 1), [N, COLUMNS]);
  const spd = leaf('a', a, [N, N]);
  const lower = leaf('lower', values(cholesky(spd)), [N, N]);
  const rows = leaf('f', f, [N, K]);
  const made: Record<string, { value: Expr; by: Expr[] }> = {
    syrk: { value: syrk(rows), by: [rows] },
    cholesky: { value: cholesky(spd), by: [spd] },
    choleskySolve: { value: choleskySolve(spd, b), by: [spd, b] },
    forward: { value: triangularSolve(lower, b), by: [lower] },
    backward: { value: triangularSolve(lower, b, { transposed: true }), by: [lower] },
  };
  const { value, by } = made[name];
  const weights = leaf(`weights ${name}`, formulaTensor(value.shape, 2), [...value.shape]);
  expectSummary(name, values(value), cases[name].value, TOLERANCE);
  for (const [i, found] of gradient(sum(mul(value, weights)), by).entries()) {
    expectSummary(`gradient ${i} of ${name}`, values(found), cases[name].gradients[i], TOLERANCE);
  }
});

test('eigenvalues', () => {
  expectClose('eigenvalues', symmetricEigenvalues(formulaMatrix().a, N), cases.eigenvalues.values, 1e-13);
});

describe('the isolated dynamics', () => {
  const pairs: [number, number][] = [];
  for (let i = 0; i < 7; i++) for (let j = i; j < 7; j++) pairs.push([i, j]);
  const train = pairs.filter((_, place) => place % 4 !== 3);

  test.each(['dynamics in the limit', 'dynamics with a ridge', 'dynamics of squares'])('%s', async (name) => {
    const { width, ridge, activation, eta, steps, ...expected } = cases[name];
    const step = await KernelStep.open({
      train: {
        rows: Int32Array.from(train.flat()),
        labels: Int32Array.from(train, ([i, j]) => (i + j) % 7),
        count: train.length,
      },
      ...{ terms: 2, inputs: 7, width, classes: 7, activation, ridge },
    });
    const weights = formulaTensor([7, width], 3).map((x) => 2 * x);
    const velocity = new Float64Array(weights.length);
    expect(step.velocity(weights, velocity) / expected.value).toBeCloseTo(1, 11);
    expectSummary('velocity', velocity, expected.velocity, TOLERANCE);
    expectSummary('last layer', step.readOut(weights), expected.last, TOLERANCE);
    step.setWeights(weights);
    for (let i = 0; i < steps; i++) step.advance(eta);
    step.readWeights(weights);
    expectSummary('weights', weights, expected.weights, TOLERANCE);
  });
});
