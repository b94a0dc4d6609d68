import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { type Expr, square, sum, sumExamples, type Values } from '../engine/index.ts';
import { groupOf as finiteGroup } from '../tasks/groups/index.ts';
import { buildDataset, type InputGroup } from '../tasks/index.ts';
import { cyclicAxis } from '../tasks/input-group/index.ts';
import { Trainer } from '../training/trainer.ts';
import { type GroupPower, openGroupTransform } from './group-transform.ts';
import { lowBand } from './low-band.ts';
import { spectrumOf } from './spectra.ts';
import { answerShare, bestRelabelledEnergy, laplacianEnergy, lowFraction } from './spectral-statistics.ts';
import { modesOf, powerOf } from './spectrum.ts';

async function network(p: number, op = 'add', seed = 0): Promise<Trainer> {
  const { experiment } = experimentFromObject({
    seed,
    dataset: { N: p, op },
    model: { type: 'two_layer', hidden_dim: 24, init: { type: 'normal', std: 0.3 } },
    train: { dtype: 'f64', loss: 'mse' },
  } as ExperimentInput);
  return Trainer.start(experiment, buildDataset(experiment));
}

/** Σ_c |FFT2(f_c − mean)|²/n², term by term, with f [n², classes]. */
function directPower(values: Values, n: number, centred: boolean): Float64Array {
  const classes = values.length / (n * n);
  const power = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++)
      for (let c = 0; c < classes; c++) {
        let [real, imaginary] = [0, 0];
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++) {
            const row = values.subarray((a * n + b) * classes, (a * n + b + 1) * classes);
            const mean = centred ? [...row].reduce((x, y) => x + y, 0) / classes : 0;
            const angle = (-2 * Math.PI * ((k * a + l * b) % n)) / n;
            real += ((row[c] as number) - mean) * Math.cos(angle);
            imaginary += ((row[c] as number) - mean) * Math.sin(angle);
          }
        power[k * n + l] += (real * real + imaginary * imaginary) / (n * n);
      }
  return power;
}

const groupOf = (trainer: Trainer): InputGroup => {
  const inputs = trainer.dataset.inputs;
  if (inputs === undefined) throw new Error('no group');
  return inputs.graph;
};

function transformOf(trainer: Trainer, group: InputGroup, name = 'graph'): GroupPower {
  const names = { inputs: name, values: 'logits' };
  return openGroupTransform(trainer.probe, group, names, ({ logits }) => logits).power(0);
}

test.each([
  ['a prime', 7],
  ['an even number', 6],
  ['an odd composite', 9],
  ['two', 2],
  ['three', 3],
  ['a prime whose transform is folded', 17],
])('the power of a torus is the direct two-dimensional sum to 1e-10, modulo %s', async (_, p) => {
  const trainer = await network(p);
  const { gaugeFree, offset } = transformOf(trainer, groupOf(trainer));
  const logits = trainer.logits();
  const total = [...logits].reduce((sum, x) => sum + x * x, 0);
  for (const [i, expected] of directPower(logits, p, true).entries())
    expect(Math.abs((gaugeFree[i] as number) - expected) / total).toBeLessThan(1e-10);
  for (const [i, expected] of directPower(logits, p, false).entries())
    expect(Math.abs((gaugeFree[i] as number) + (offset[i] as number) - expected) / total).toBeLessThan(1e-10);
});

/** The group with its elements numbered anew by t → u·t. */
function relabelled(group: InputGroup, u: number): InputGroup {
  const n = group.axes[0]?.order as number;
  return { ...group, tokens: group.tokens.map((column) => column.map((t) => (t * u) % n)) };
}

/** Logits of a perfect solution with random key frequencies, near enough: the analytic network, trained by nobody. */
async function solved(p: number): Promise<Trainer> {
  const { experiment } = experimentFromObject({
    dataset: { N: p },
    model: { type: 'two_layer', hidden_dim: 4000, init: { type: 'analytic' } },
  });
  return Trainer.start(experiment, buildDataset(experiment));
}

test('relabelling t → u·t changes the literal energy and low share, and not the share of the answer or its best energy', async () => {
  const p = 23;
  const trainer = await network(p);
  const group = groupOf(trainer);
  const modes = modesOf(group);
  const band = lowBand(modes, { mode: 'fraction', value: 0.1, include_zero: false });
  const before = transformOf(trainer, group).gaugeFree;
  for (const u of [2, 5, 22]) {
    const after = transformOf(trainer, relabelled(group, u), `by${u}`).gaugeFree;
    const answer = modes.answer as Int32Array;
    expect(Math.abs(answerShare(after, answer) - answerShare(before, answer))).toBeLessThan(1e-9);
    const [best, bestBefore] = [after, before].map((power) => bestRelabelledEnergy(power, modes) as number);
    expect(Math.abs((best as number) - (bestBefore as number))).toBeLessThan(1e-9);
    // t → −t is a symmetry of the cycle itself.
    const change = (f: (power: Float64Array) => number) => Math.abs(f(after) - f(before));
    const literal = change((power) => laplacianEnergy(power, modes.eigenvalues, band));
    const low = change((power) => lowFraction(power, band));
    if (u === 22) expect(Math.max(literal, low)).toBeLessThan(1e-9);
    else expect(Math.min(literal, low)).toBeGreaterThan(1e-6);
  }
});

test('a network that adds has all its power in the modes of a + b', async () => {
  const trainer = await solved(23);
  const { gaugeFree } = transformOf(trainer, groupOf(trainer));
  const modes = modesOf(groupOf(trainer));
  // The random phases of finitely many hidden units leave some power elsewhere.
  expect(answerShare(gaugeFree, modes.answer as Int32Array)).toBeGreaterThan(0.9);
});

test('for subtraction the modes of the answer are those of a − b', () => {
  const { dataset } = experimentFromObject({ dataset: { N: 5, op: 'sub' } }).experiment;
  const group = buildDataset({ task: 'modular', dataset }).inputs?.graph as InputGroup;
  expect([...(modesOf(group).answer as Int32Array)]).toEqual([1 * 5 + 4, 2 * 5 + 3, 3 * 5 + 2, 4 * 5 + 1]);
});

test('multiplication is a sum on its own group: the units in the order of their logarithms', () => {
  const { dataset } = experimentFromObject({ dataset: { N: 7, op: 'mul' } }).experiment;
  const { inputs } = buildDataset({ task: 'modular', dataset });
  const { own, graph } = inputs as { own: InputGroup; graph: InputGroup };
  expect(graph.axes[0]?.order).toBe(7);
  const units = [...new Set(own.tokens[0])];
  expect(units.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++)
      expect(((units[i] as number) * (units[j] as number)) % 7).toBe(units[(i + j) % 6]);
});

test('white noise has energy 1 and the band’s share of modes, on average', () => {
  const modes = modesOf({ axes: torus(11), tokens: [], answer: 'same' });
  const flat = new Float64Array(121).fill(1);
  const all = lowBand(modes, { mode: 'cutoff', value: 2, include_zero: true });
  expect(laplacianEnergy(flat, modes.eigenvalues, all)).toBeCloseTo(1, 12);
  expect(answerShare(flat, modes.answer as Int32Array)).toBeCloseTo(10 / 120, 12);
});

test('the low band keeps the asked share of modes, equal eigenvalues together, and drops the constant on demand', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 13 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (n, value) => {
        const modes = modesOf({ axes: torus(n), tokens: [], answer: undefined });
        const band = lowBand(modes, { mode: 'fraction', value, include_zero: true });
        const kept = band.filter((state) => state === 2).length;
        expect(kept).toBeGreaterThanOrEqual(Math.ceil(value * n * n));
        const largest = Math.max(...[...modes.eigenvalues].filter((_, i) => band[i] === 2));
        const wrong = [...modes.eigenvalues].filter((e, i) => band[i] !== 2 && e < largest - 1e-9);
        expect(wrong).toEqual([]);
        expect(lowBand(modes, { mode: 'fraction', value, include_zero: false })[0]).toBe(0);
      },
    ),
  );
  const modes = modesOf({ axes: torus(5), tokens: [], answer: undefined });
  const low = (mode: 'count' | 'cutoff', value: number) =>
    lowBand(modes, { mode, value, include_zero: true }).filter((state) => state === 2).length;
  // λ of C_5 □ C_5: 0 once, ½(1 − cos 2π/5) = 0.345 four times.
  expect([low('count', 1), low('count', 2), low('cutoff', 0.34), low('cutoff', 0.35)]).toEqual([1, 5, 1, 5]);
});

function torus(n: number): InputGroup['axes'] {
  const axis = cyclicAxis(n);
  return [axis, axis];
}

test('a function of the product of two permutations has all its power where a representation meets itself', () => {
  const group = s3();
  const modes = modesOf(group);
  const table = finiteGroup('S3').table;
  // The indicator of each product, transformed term by term.
  const { order, basis } = group.axes[0] as InputGroup['axes'][number];
  const squares = new Float64Array(order * order);
  for (let c = 0; c < order; c++)
    for (let i = 0; i < order; i++)
      for (let j = 0; j < order; j++) {
        let coefficient = 0;
        for (let g = 0; g < order; g++)
          for (let h = 0; h < order; h++)
            if (table[g * order + h] === c)
              coefficient += (basis[i * order + g] as number) * (basis[j * order + h] as number);
        squares[i * order + j] += coefficient * coefficient;
      }
  const power = powerOf(group, { squares });
  expect(power).toHaveLength(9); // trivial, sign and standard, along either factor
  expect(power.reduce((a, b) => a + b, 0)).toBeCloseTo(order * order, 10);
  expect(answerShare(power, modes.answer as Int32Array)).toBeCloseTo(1, 10);
});

function s3(): InputGroup {
  const { experiment } = experimentFromObject({ task: 'group', dataset: { group: 'S3' } });
  return buildDataset(experiment).inputs?.graph as InputGroup;
}

test.each([
  ['parity of a listed cube', { task: 'parity', dataset: { n: 5, k: 2, samples: 'all' } }],
  ['copying', { task: 'copy', dataset: { alphabet: 3, length: 3 } }],
  ['a group', { task: 'group', dataset: { group: 'S3' } }],
  ['a lookup table', { task: 'random_labels', dataset: { N: 5, classes: 5 } }],
] as [string, ExperimentInput][])(
  'the power of the logits of %s is their sum of squares',
  async (_, input) => {
    const { experiment } = experimentFromObject({
      ...input,
      model: { type: 'mlp', hidden_dim: 8, layers: 1 },
      train: { dtype: 'f64' },
    } as ExperimentInput);
    const { probe } = await Trainer.start(experiment, buildDataset(experiment));
    const { group, transform } = spectrumOf(probe, 'graph', 'logits');
    const { gaugeFree, offset } = transform.power(0);
    const [logits] = probe.onInputs('all', group.tokens, (forward) => [forward.logits]) as [Expr];
    const squares = probe.machine.compile({ outputs: { total: sumExamples(sum(square(logits))) } });
    squares.run(Int32Array.from(group.tokens[0] as Int32Array, (_, i) => i));
    const total = [...gaugeFree, ...offset].reduce((a, b) => a + b, 0);
    expect(total / squares.scalar('total')).toBeCloseTo(1, 10);
    expect(modesOf(group).eigenvalues[0]).toBe(0);
  },
);

test('on the hypercube the parity of k of n bits has the energy 2k/n', async () => {
  const { experiment } = experimentFromObject({ task: 'parity', dataset: { n: 6, k: 3, samples: 'all' } });
  const group = buildDataset(experiment).inputs?.graph as InputGroup;
  const { eigenvalues } = modesOf(group);
  for (let mode = 0; mode < 64; mode++) {
    const bits = mode.toString(2).replaceAll('0', '').length;
    expect(eigenvalues[mode]).toBeCloseTo((2 * bits) / 6, 12);
  }
});
