// Every engine operation against PyTorch (test/fixtures/make_operations.py): value and gradient, on parameters, on
// examples, and with one operand of each kind.
import { beforeAll, describe, expect, test } from 'vitest';
import * as engine from '../../src/engine/index.ts';
import { type Dtype, type Expr, Machine } from '../../src/engine/index.ts';
import { expectClose, readFixture } from './fixture.ts';
import { formulaIndices, formulaTensor } from './formula.ts';
import { INDEX_BOUND, inputMaps, operations } from './operations.ts';

interface Case {
  inputs: { shape: number[]; map: string }[];
  indices: number[][];
  shape: number[];
  value: number[];
  gradients: number[][];
}

// Where a table or a result without the example axis is part of the operation's meaning.
const withoutExamples = new Set(['gather', 'gather_many', 'gather_vector', 'scatter_add']);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.open();
});

/** Which inputs have the example axis; the others are parameters that hold the first example's value. */
function check(
  name: string,
  fixture: Case,
  dtype: Dtype,
  perExample: readonly boolean[],
  tolerance: number,
): void {
  const operation = operations[name];
  const examples = perExample.some(Boolean);
  // With a parameter among the operands only the first example has the value and gradient of the fixture.
  const count = perExample.every(Boolean) ? 2 : 1;
  const prefix = `${name}.${perExample.join()}.${dtype}.`;
  const row = engine.input('row', [], 'i32', { examples: true });
  const columns: Record<string, Int32Array> = { row: Int32Array.of(0, 1) };
  const shapes: Record<string, number[]> = {};

  const tables = fixture.inputs.map(({ shape, map }, salt) => {
    const all = formulaTensor([2, ...shape], salt).map(inputMaps[map]);
    const table = engine.parameter(`${prefix}${salt}`, perExample[salt] ? [2, ...shape] : shape, dtype);
    machine.setParameter(table, perExample[salt] ? all : all.slice(0, all.length / 2));
    return table;
  });
  const values = tables.map((table, i) => (perExample[i] ? engine.gather(table, row) : table));
  const indices = fixture.indices.map((shape, n) => {
    const all = formulaIndices([2, ...shape], 50 + n, INDEX_BOUND);
    if (!examples) return engine.constant([...all.slice(0, all.length / 2)], shape, 'i32');
    columns[`index${n}`] = all;
    shapes[`index${n}`] = shape;
    return engine.input(`index${n}`, shape, 'i32', { examples: true });
  });
  machine.setColumns(columns, 2, shapes);

  const result = operation(...values, ...indices);
  expect(result.shape).toEqual(fixture.shape);
  expect(result.dtype).toBe(dtype);
  const weights = formulaTensor([2, ...fixture.shape], 99);
  const cotangents = engine.parameter(`${prefix}cotangents`, [2, ...fixture.shape], dtype);
  machine.setParameter(cotangents, weights);
  const cotangent = result.examples
    ? engine.gather(cotangents, row)
    : engine.reshape(engine.slice(cotangents, 0, 0, 1), fixture.shape);
  const product = engine.sum(engine.mul(result, cotangent));
  const gradients = engine.gradient(result.examples ? engine.sumExamples(product) : product, tables);
  const named = Object.fromEntries(gradients.map((g, i) => [`g${i}`, g]));
  const program = machine.compile(
    result.examples ? { outputs: named, perExample: { result } } : { outputs: { ...named, result } },
  );
  program.run(Int32Array.from({ length: count }, (_, i) => i));

  const part = (all: readonly number[]) => all.slice(0, (all.length / 2) * count);
  expectClose(`${name}: value`, program.value('result'), part(fixture.value), tolerance);
  for (const [i, g] of fixture.gradients.entries()) {
    const expected = part(g);
    // A table has a row for each example, of which `count` were run.
    expectClose(
      `${name}: gradient ${i}`,
      program.value(`g${i}`).slice(0, expected.length),
      expected,
      tolerance,
    );
  }
}

describe.each(readFixture<Case>('operations.json'))('%s', (name, fixture) => {
  const n = fixture.inputs.length;
  const kinds: [string, boolean[]][] = [['on parameters', fixture.inputs.map(() => false)]];
  if (!withoutExamples.has(name)) {
    kinds.push(['on examples', fixture.inputs.map(() => true)]);
    if (n > 1) {
      kinds.push(['on an example and parameters', fixture.inputs.map((_, i) => i === 0)]);
      kinds.push(['on a parameter and examples', fixture.inputs.map((_, i) => i > 0)]);
    }
  }
  test.each(kinds)('%s agrees with PyTorch in f64 and f32', (_, perExample) => {
    check(name, fixture, 'f64', perExample, 1e-10);
    check(name, fixture, 'f32', perExample, 1e-5);
  });
});

test('gather by an index of the example reads that row of a table, and its gradient adds into it', () => {
  const table = engine.parameter('table', [3, 4], 'f64');
  const values = formulaTensor([3, 4], 0);
  machine.setParameter(table, values);
  machine.setColumns({ index: Int32Array.of(2, 0, 2) }, 3);
  const index = engine.input('index', [], 'i32', { examples: true });
  const rows = engine.gather(table, index);
  const [g] = engine.gradient(engine.sumExamples(engine.sum(engine.mul(rows, rows))), [table]);
  const program = machine.compile({ outputs: { g: g as Expr }, perExample: { rows } });
  program.run(Int32Array.of(0, 1, 2));
  expect([...program.value('rows')]).toEqual([2, 0, 2].flatMap((r) => [...values.slice(4 * r, 4 * r + 4)]));
  const times = [2, 0, 4]; // d(x²) = 2x, row 0 read once, row 2 twice
  expectClose(
    'gradient',
    program.value('g'),
    [...values].map((x, i) => x * (times[Math.floor(i / 4)] as number)),
    1e-15,
  );
});
