import { expect, test } from 'vitest';
import { Scene } from '../../test/engine/scene.ts';
import * as g from './index.ts';
import { Machine } from './index.ts';

test('parameters come back as they were given, f32 rounded, and start at zero', async () => {
  const machine = await Machine.open();
  for (const shape of [[], [1], [3], [9], [5, 3], [3, 9], [2, 3, 17]]) {
    const values = Array.from({ length: g.sizeOf(shape) }, (_, i) => i + 0.1);
    const [f, d] = [g.parameter(`f${shape}`, shape, 'f32'), g.parameter(`d${shape}`, shape, 'f64')];
    expect([...machine.getParameter(d)]).toEqual(values.map(() => 0));
    machine.setParameter(f, values);
    machine.setParameter(d, values);
    expect([...machine.getParameter(f)]).toEqual(values.map(Math.fround));
    expect([...machine.getParameter(d)]).toEqual(values);
  }
});

test('columns may be replaced by ones of the same kind that are not longer', async () => {
  const machine = await Machine.open();
  machine.setColumns({ x: Int32Array.of(1, 2, 3) }, 3);
  const program = machine.compile({
    outputs: {},
    perExample: { x: g.input('x', [], 'i32', { examples: true }) },
  });
  machine.setColumns({ x: Int32Array.of(7, 8) }, 2);
  program.run(Int32Array.of(1, 0));
  expect([...program.value('x')]).toEqual([8, 7]);
  expect(() => program.run(Int32Array.of(2))).toThrow('run: example 2 does not exist in a data set of 2');
});

test('a program does not read columns that were moved or have too few rows', async () => {
  const machine = await Machine.open();
  machine.setColumns({ x: Int32Array.of(1, 2, 3), y: Int32Array.of(1, 2, 3) }, 3);
  const column = (name: string) => g.input(name, [], 'i32', { examples: true });
  const program = machine.compile({ outputs: {}, perExample: { xy: g.add(column('x'), column('y')) } });
  machine.setColumns({ y: new Int32Array(100) }, 100);
  const sentence = 'was replaced by one of another kind or size; compile the program again';
  expect(() => program.run(Int32Array.of(0))).toThrow(`run: column y ${sentence}`);
  const again = machine.compile({ outputs: {}, perExample: { xy: g.add(column('x'), column('y')) } });
  expect(() => again.run(Int32Array.of(50))).toThrow('run: example 50 does not exist in a data set of 3');
  machine.setColumns({ x: Float64Array.of(1, 2) }, 2);
  expect(() => again.run(Int32Array.of(0))).toThrow(`run: column x ${sentence}`);
});

test('a machine runs on the kernels asked for', async () => {
  expect((await Machine.open({ kernels: 'emulated' })).mode).toBe('emulated');
  expect(['fused', 'emulated']).toContain((await Machine.open()).mode);
});

test('several machines live side by side', async () => {
  const [one, other] = [await Machine.open(), await Machine.open()];
  const w = g.parameter('w', [2]);
  one.setParameter(w, [1, 2]);
  other.setParameter(w, [3, 4]);
  expect([...one.getParameter(w)]).toEqual([1, 2]);
});

test('the memory a graph needs is predicted before it is taken', async () => {
  const scene = await Scene.open({ rows: 500 });
  const [x, w] = [scene.column([9], 'f32'), scene.parameter([9, 300], 'f32')];
  const loss = g.meanExamples(g.sum(g.square(g.matmul(x, w))));
  const graph = { outputs: { loss, gradient: g.gradient(loss, [w])[0] }, perExample: { y: g.matmul(x, w) } };
  scene.place();
  const before = scene.machine.bytes;
  scene.machine.compile(graph);
  const taken = scene.machine.bytes - before;
  const predicted = g.predictBytes(graph, 500);
  // The parameter and the column are in memory already; instructions are not counted.
  expect(predicted).toBeGreaterThan(taken * 0.9);
  expect(predicted).toBeLessThan(taken * 1.1 + 60_000);
});

test('unlike parameters, columns and inputs are refused', async () => {
  const machine = await Machine.open();
  const w = g.parameter('w', [2, 3]);
  machine.setParameter(w, new Float32Array(6));
  expect(() => machine.setParameter(w, [1])).toThrow('write: shape [2, 3] needs 6 numbers, got 1');
  expect(() => machine.getParameter(g.parameter('w', [3, 2]))).toThrow(
    'parameter w: is f32 [2, 3] on this machine, got f32 [3, 2]',
  );
  expect(() => machine.compile({ outputs: { w: g.parameter('w', [2, 3], 'f64') } })).toThrow(
    'parameter w: is f32 [2, 3] on this machine, got f64 [2, 3]',
  );
  expect(() => machine.setParameter(g.exp(w), [1])).toThrow('parameter: needs a parameter, got exp');
  const x = g.input('x', [], 'i32', { examples: true });
  expect(() => machine.compile({ outputs: {}, perExample: { x } })).toThrow(
    'input x: the data set has no column of this name; it has none',
  );
  machine.setColumns({ x: Float32Array.of(1, 2), y: Int32Array.of(1, 2) }, 2);
  expect(() => machine.compile({ outputs: {}, perExample: { x } })).toThrow(
    'input x: needs i32 [], the column has f32 []',
  );
  expect(() =>
    machine.compile({ outputs: {}, perExample: { z: g.input('z', [], 'i32', { examples: true }) } }),
  ).toThrow('input z: the data set has no column of this name; it has x, y');
  expect(() => machine.setColumns({ x: Int32Array.of(1) }, 2)).toThrow(
    'column x: needs 2 rows of [], got 1 numbers',
  );
  expect(() => g.parameter('p', [2, 0])).toThrow(
    'parameter p: every axis needs a positive whole number of elements, got [2, 0]',
  );
  expect(() => g.constant([1, 2], [3])).toThrow('constant: shape [3] needs 3 numbers, got 2');
});

test('a machine too large for WebAssembly is refused before it is filled', async () => {
  const machine = await Machine.open();
  expect(() => machine.getParameter(g.parameter('huge', [1 << 16, 1 << 14], 'f64'))).toThrow(
    'memory: needs 8.6 GB, WebAssembly can hold 4.3 GB; make the model or the batch smaller',
  );
});

test('an index that does not exist is refused when a program is compiled and when columns are replaced', async () => {
  const machine = await Machine.open();
  const at = g.input('at', [], 'i32', { examples: true });
  const rows = { rows: g.gather(g.parameter('table', [3, 2]), at) };
  machine.setColumns({ at: Int32Array.of(0, 3) }, 2);
  expect(() => machine.compile({ outputs: {}, perExample: rows })).toThrow(
    'column at: is used as an index from 0 to 2 and holds 3; check the data set',
  );
  machine.setColumns({ at: Int32Array.of(0, 2) }, 2);
  machine.compile({ outputs: {}, perExample: rows });
  expect(() => machine.setColumns({ at: Int32Array.of(-1, 2) }, 2)).toThrow(
    'column at: is used as an index from 0 to 2 and holds -1; check the data set',
  );
});
