import { describe, expect, test } from 'vitest';
import type { Expr, Graph } from '../index.ts';
import * as g from '../index.ts';
import { OPCODE } from '../opcodes.ts';
import { makePlan } from '../plan/plan.ts';
import { explainProgram, explainValues, graphOperations } from './index.ts';
import { explainStages } from './stages.ts';

const EXAMPLES = 100;

/** logits = relu(E[a] W) U over an alphabet of 7: [7, 4] · [4, 16] · [16, 5]. */
function network() {
  const a = g.input('a', [], 'i32', { examples: true });
  const [E, W, U] = [g.parameter('E', [7, 4]), g.parameter('W', [4, 16]), g.parameter('U', [16, 5])];
  const logits = g.matmul(g.relu(g.matmul(g.gather(E, a), W)), U);
  return { parameters: [E, W, U], logits };
}

function step(logits: Expr, parameters: readonly Expr[]): Graph {
  const loss = g.meanExamples(g.sum(g.square(logits)));
  const gradients = g.gradient(loss, [...parameters]);
  return {
    outputs: { loss },
    updates: parameters.map((w, i) => [w, g.sub(w, g.mul(gradients[i] as Expr, 0.1))] as const),
  };
}

describe('values', () => {
  test('of a network as written: one line for each, with two FLOPs a multiply-add', () => {
    expect(explainValues([network().logits], EXAMPLES)).toEqual([
      {
        id: 1,
        operation: 'gather',
        formula: 'E[a]',
        shape: [4],
        use: 'per example',
        flopsPerExample: 0,
        flopsPerStep: 0,
      },
      {
        id: 2,
        operation: 'einsum',
        formula: '#1 · W',
        shape: [16],
        use: 'per example',
        flopsPerExample: 128,
        flopsPerStep: 12800,
      },
      {
        id: 3,
        operation: 'relu',
        formula: 'relu(#2)',
        shape: [16],
        use: 'per example',
        flopsPerExample: 16,
        flopsPerStep: 1600,
      },
      {
        id: 4,
        operation: 'einsum',
        formula: '#3 · U',
        shape: [5],
        use: 'per example',
        flopsPerExample: 160,
        flopsPerStep: 16000,
      },
    ]);
  });

  test('of the same network factored: E W is a table of 7 rows, computed once', () => {
    const explained = explainValues(g.economize([network().logits], EXAMPLES), EXAMPLES);
    expect(explained.map(({ formula, use, flopsPerStep }) => [formula, use, flopsPerStep])).toEqual([
      ['E · W', 'table', 2 * 7 * 4 * 16],
      ['#1[a]', 'per example', 0],
      ['relu(#2)', 'per example', 1600],
      ['U · #3', 'per example', 16000],
    ]);
  });

  test('equal values are one, and views and leaves are none', () => {
    const x = g.input('x', [6], 'f32', { examples: true });
    const twice = g.add(g.tanh(g.reshape(x, [2, 3])), g.tanh(g.reshape(x, [2, 3])));
    expect(explainValues([g.slice(twice, 0, 1, 2)], 1).map(({ formula }) => formula)).toEqual([
      'tanh(x)',
      '#1 + #1',
    ]);
  });
});

describe('a program', () => {
  const { parameters, logits } = network();
  const graph = step(logits, parameters);
  const program = explainProgram(graph, EXAMPLES);

  test('has stages whose parts add up: operations to stages, stages to the whole', () => {
    for (const stage of program.stages) {
      expect(stage.flops).toBe(stage.units.reduce((total, unit) => total + unit.flops, 0));
      expect(stage.bytes).toBe(stage.units.reduce((total, unit) => total + unit.bytes, 0));
    }
    expect(program.stages.reduce((total, stage) => total + stage.flops, 0)).toBe(program.flops);
  });

  test('costs what is counted by hand', () => {
    const [, tiles, update] = program.stages;
    expect(tiles).toMatchObject({ kind: 'examples', tiles: 2 });
    // Forward E[a] W and (…) U; backward the gradients of U and of relu(…), of W and of E[a].
    const products = tiles?.units.filter(({ kind }) => kind.startsWith('einsum')) ?? [];
    expect(products.map(({ flops }) => flops).sort((a, b) => a - b)).toEqual([
      12800, 12800, 12800, 16000, 16000, 16000,
    ]);
    expect(tiles?.units.find(({ kind }) => kind === 'scatterAdd')?.flops).toBe(4 * EXAMPLES);
    // w − 0.1 g: two operations for each of 28 + 64 + 80 numbers.
    const updates = update?.units.filter(({ formula }) => formula.includes('−')) ?? [];
    expect(updates.map(({ flops, operations }) => [flops, operations])).toEqual([
      [56, 2],
      [128, 2],
      [160, 2],
    ]);
    // Reads a parameter and its gradient, writes the parameter, 4 bytes a number; 0.1 is one more.
    expect(updates.map(({ bytes }) => bytes)).toEqual([28, 64, 80].map((size) => 3 * 4 * size + 4));
  });

  test('touches only the rows of a table that are looked up', () => {
    const gathered = program.stages.flatMap(({ units }) => units).find(({ kind }) => kind === 'gather');
    expect(gathered?.bytes).toBe(EXAMPLES * (4 + 2 * 4 * 4));
  });

  test('names every instruction of its plan', () => {
    const plan = makePlan(graph);
    const emitted = plan.stages.flatMap(({ once, tile, sums }) => [...once, ...tile, ...sums]);
    const counts = program.stages.flatMap(({ instructions }) => Object.entries(instructions));
    expect(counts.reduce((total, [, count]) => total + count, 0)).toBe(emitted.length);
    expect(counts.map(([name]) => name).filter((name) => !(name in OPCODE))).toEqual([]);
  });

  test('shows an instruction it does not know by its number', () => {
    const plan = makePlan(graph);
    plan.stages[0]?.tile.push({ opcode: 999, words: [] });
    const stages = explainStages(graph, plan, EXAMPLES);
    expect(stages.some(({ instructions }) => instructions['opcode 999'] === 1)).toBe(true);
  });

  test('keeps what is foretold, and its instructions', async () => {
    const bytes = (uses: readonly string[]): number =>
      program.memory.filter(({ use }) => uses.includes(use)).reduce((total, one) => total + one.bytes, 0);
    const all = [...new Set(program.memory.map(({ use }) => use))];
    expect(bytes(all) - bytes(['instructions'])).toBe(program.predictedBytes);
    // [7, 4] lies densely, [4, 16] too, rows of 5 numbers are not padded; 64 bytes after each, in steps of 64.
    expect(program.memory.slice(0, 3)).toEqual([
      { use: 'parameters', name: 'E', buffers: 1, bytes: 192 },
      { use: 'parameters', name: 'W', buffers: 1, bytes: 320 },
      { use: 'parameters', name: 'U', buffers: 1, bytes: 384 },
    ]);
    // A machine without its parameters and columns allocates no more, up to the alignment of each list of instructions.
    const machine = await g.Machine.open();
    machine.setColumns({ a: new Int32Array(EXAMPLES) }, EXAMPLES);
    for (const w of parameters) machine.setParameter(w, new Float32Array(g.sizeOf(w.shape)));
    const own = bytes(all.filter((use) => use !== 'parameters' && use !== 'columns'));
    const compiled = machine.compile(graph, { mostExamples: EXAMPLES }).bytes;
    expect(Math.abs(compiled - own)).toBeLessThan(0.05 * own);
  });
});

test('a value per example that a later stage needs is computed again, and counted again', () => {
  const x = g.input('x', [8], 'f64', { examples: true });
  const centred = g.sub(g.tanh(x), g.meanExamples(g.tanh(x)));
  const graph = { outputs: { variance: g.meanExamples(g.square(centred)) } };
  const again = 8 * EXAMPLES;
  expect(explainProgram(graph, EXAMPLES).flops).toBe(graphOperations(graph, EXAMPLES) + again);
});
