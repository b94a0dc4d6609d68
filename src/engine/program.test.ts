import v8 from 'node:v8';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { expectClose, Scene } from '../../test/engine/scene.ts';
import * as g from './index.ts';
import { Machine } from './index.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

test('programs of one machine share its parameters', async () => {
  const machine = await Machine.open();
  const w = g.parameter('w', [3], 'f64');
  const training = machine.compile({
    outputs: {},
    updates: [[w, g.add(w, g.input('by', [], 'f64', { examples: false }))]],
  });
  const evaluation = machine.compile({ outputs: { total: g.sum(g.parameter('w', [3], 'f64')) } });
  training.setSetting('by', 2);
  for (let i = 0; i < 3; i++) training.run();
  evaluation.run();
  expect(evaluation.scalar('total')).toBe(18);
  machine.setParameter(w, [1, 2, 3]);
  training.run();
  evaluation.run();
  expect(evaluation.scalar('total')).toBe(12);
});

test('settings are scalars or tensors of any dtype, keep their value, and are ignored where nothing reads them', async () => {
  const machine = await Machine.open();
  const setting = (name: string, shape: number[], dtype: g.Dtype) =>
    g.input(name, shape, dtype, { examples: false });
  const program = machine.compile({
    outputs: {
      f: g.add(setting('f', [], 'f32'), 0.5),
      d: g.add(setting('d', [], 'f64'), 0.1),
      i: g.add(setting('i', [], 'i32'), 1),
      t: g.mul(setting('t', [2, 9], 'f64'), 2),
    },
  });
  expect(program.settings.sort()).toEqual(['d', 'f', 'i', 't']);
  program.setSetting('f', 0.1);
  program.setSetting('d', 0.2);
  program.setSetting('i', -7);
  program.setSetting(
    't',
    Float64Array.from({ length: 18 }, (_, i) => i),
  );
  program.setSetting('nobody reads this', 1);
  for (let i = 0; i < 2; i++) {
    program.run();
    expect(program.scalar('f')).toBe(Math.fround(Math.fround(0.1) + 0.5));
    expect(program.scalar('d')).toBe(0.2 + 0.1);
    expect(program.scalar('i')).toBe(-6);
    expect([...program.value('t')]).toEqual(Array.from({ length: 18 }, (_, k) => 2 * k));
  }
  expect(() => program.setSetting('t', 1)).toThrow('setting t: has shape [2, 9], got one number');
  expect(() => program.setSetting('t', [1])).toThrow('write: shape [2, 9] needs 18 numbers, got 1');
});

test('settings set before memory grows still reach the program afterwards', async () => {
  const machine = await Machine.open();
  const by = g.input('by', [], 'f64', { examples: false });
  const program = machine.compile({ outputs: { twice: g.mul(by, 2) } });
  program.setSetting('by', 1);
  machine.setParameter(g.parameter('large', [1 << 20], 'f64'), new Float64Array(1 << 20));
  program.run();
  expect(program.scalar('twice')).toBe(2);
  program.setSetting('by', 5);
  program.run();
  expect(program.scalar('twice')).toBe(10);
});

describe('a run knows nothing of earlier runs', () => {
  test('with fewer examples, none, and more again', async () => {
    const scene = await Scene.open();
    const [x, w] = [scene.column([9]), scene.parameter([9, 5])];
    const logits = g.matmul(x, w);
    const loss = g.meanExamples(g.sum(g.square(logits)));
    const nodes = {
      loss,
      gradient: g.gradient(loss, [w])[0],
      total: g.sumExamples(x),
      table: g.scatterAdd(g.argmax(logits), x, 5),
      count: g.exampleCount('f64'),
    };
    scene.place();
    const program = scene.machine.compile({ outputs: nodes, perExample: { logits } }, { mostExamples: 700 });
    for (const count of [700, 3, 513, 64, 1, 129, 0, 448, 65, 2]) {
      const order = scene.order(count);
      program.run(order);
      for (const [name, node] of Object.entries(nodes)) {
        if (count === 0 && name === 'loss') expect(program.scalar('loss')).toBeNaN();
        else if (count > 0 || name !== 'gradient') {
          expectClose(`${name} of ${count}`, program.value(name), scene.expected(node, order), 1e-11);
        }
      }
      expectClose(`rows of ${count}`, program.value('logits'), scene.expected(logits, order), 1e-12);
    }
  });

  test('rows come in the order of the run, examples that stand twice twice', async () => {
    const scene = await Scene.open({ rows: 3 });
    const x = scene.column([], 'i32', { given: [10, 20, 30] });
    const { x: rows } = scene.computed({ x }, Int32Array.of(2, 0, 2, 1, 1));
    expect([...rows]).toEqual([30, 10, 30, 20, 20]);
  });
});

test('means in f32 and in f64 live in one program', async () => {
  const scene = await Scene.open();
  const [x, y] = [scene.column([], 'f32'), scene.column([], 'f64')];
  scene.agree({ x: g.meanExamples(x), y: g.meanExamples(y), n: g.exampleCount('i32') }, scene.order(70));
});

test('two thousand steps leave nothing behind on the heap, and make next to nothing on the way', async () => {
  const scene = await Scene.open({ rows: 130 });
  const [x, w, lr] = [
    scene.column([9], 'f32'),
    scene.parameter([9, 5], 'f32'),
    g.input('lr', [], 'f32', { examples: false }),
  ];
  const loss = g.meanExamples(g.sum(g.square(g.matmul(x, w))));
  const [gradient] = g.gradient(loss, [w]);
  scene.place();
  const program = scene.machine.compile({ outputs: { loss }, updates: [[w, g.sub(w, g.mul(gradient, lr))]] });
  const order = scene.order(130);
  let sum = 0;
  const steps = (n: number) => {
    for (let i = 0; i < n; i++) {
      program.setSetting('lr', 1e-3 + i * 1e-9);
      program.run(order);
      sum += program.scalar('loss');
    }
  };
  steps(2000);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const memory = scene.machine.bytes;
  steps(2000);
  // Not yet collected: numbers in boxes, but no views of memory, of which one a run would be 400 kB more.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(800_000);
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000);
  expect(scene.machine.bytes).toBe(memory);
  expect(sum).toBeGreaterThan(0);
});

test('runs and results that do not exist are refused', async () => {
  const machine = await Machine.open();
  machine.setColumns({ x: Int32Array.of(1, 2, 3) }, 3);
  const x = g.input('x', [], 'i32', { examples: true });
  const program = machine.compile({ outputs: { w: g.parameter('w', [3]) }, perExample: { x } });
  expect(() => program.run(Int32Array.of(0, 3))).toThrow('run: example 3 does not exist in a data set of 3');
  expect(() => program.run(Int32Array.of(-1))).toThrow('run: example -1 does not exist in a data set of 3');
  expect(() => program.run(new Int32Array(4))).toThrow('run: was compiled for at most 3 examples, got 4');
  expect(() => program.scalar('w')).toThrow('output w: has shape [3]; read it with value');
  expect(() => program.scalar('v')).toThrow('output: "v" is not one of w');
});
