// The same bits from any number of threads. Everything is shared out, however short, so that small graphs meet all of it.
import { setTimeout as pause } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Expr, Machine, Values } from '../../src/engine/index.ts';
import * as g from '../../src/engine/index.ts';
import { follow, recipes } from './random-graph.ts';
import { Scene } from './scene.ts';

vi.mock('../../src/engine/threads/schedule.ts', async (original) => {
  const actual = await original<typeof import('../../src/engine/threads/schedule.ts')>();
  const schedule: typeof actual.schedule = (instructions, threads) =>
    actual.schedule(instructions, threads, { phase: 0, job: 1 });
  return { ...actual, schedule };
});

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

function bits(values: Values): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
}

/** Runs until every thread has been seen to help. */
async function untilAllHelp(machine: Machine, run: () => void): Promise<void> {
  for (let tries = 0; machine.callsByThread().includes(0); tries++) {
    expect(tries, `calls by thread ${machine.callsByThread()}`).toBeLessThan(2000);
    run();
    await pause(2);
  }
}

const graphs = fc.record({
  recipe: recipes,
  dtype: fc.constantFrom<'f32' | 'f64'>('f32', 'f64'),
  count: fc.constantFrom(0, 1, 65, 130, 590),
});

test('a graph, its gradients and its updates come out the same on 1, 2, 3 and 8 threads', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async ({ recipe, dtype, count }) => {
      const results: string[][] = [];
      for (const threads of [1, 2, 3, 8]) {
        const scene = await Scene.open({ rows: 20, threads });
        const { parameters, made, loss } = follow(scene, recipe, 'rough', dtype);
        const kept = Object.fromEntries(
          made.filter((node) => node.examples).map((node, i) => [`row ${i}`, node]),
        );
        const sums = Object.fromEntries(
          made.filter((node) => !node.examples).map((node, i) => [`sum ${i}`, node]),
        );
        const gradients = g.gradient(loss, parameters);
        const updates = parameters.map((w, i): [Expr, Expr] => [
          w,
          g.sub(w, g.mul(gradients[i] as Expr, 0.125)),
        ]);
        scene.place();
        const program = scene.machine.compile(
          { outputs: { loss, ...sums }, perExample: kept, updates },
          { mostExamples: 600 },
        );
        const order = scene.order(count);
        const found: string[] = [];
        for (let step = 0; step < 4; step++) {
          program.run(order);
          for (const name of ['loss', ...Object.keys(sums), ...Object.keys(kept)])
            found.push(bits(program.value(name)));
          await pause(threads > 1 ? 25 : 0); // time for workers to come
        }
        for (const w of parameters) found.push(bits(scene.machine.getParameter(w)));
        results.push(found);
        await scene.machine.close();
      }
      for (const found of results.slice(1)) expect(found).toEqual(results[0]);
    }),
    { numRuns: 12 },
  );
});

/** Two layers with dropout: products, reductions, lanes and parameter instructions long enough for several threads. */
async function network(threads: number) {
  const scene = await Scene.open({ rows: 700, threads });
  const [x, w1, w2] = [
    scene.column([24], 'f32'),
    scene.parameter([24, 96], 'f32'),
    scene.parameter([96, 40], 'f32'),
  ];
  const hidden = g.mul(g.relu(g.matmul(x, g.mul(w1, 0.1))), g.dropoutMask([96], 0.25, 'layer', 'f32'));
  const logits = g.matmul(hidden, g.mul(w2, 0.1));
  const loss = g.meanExamples(g.sum(g.square(g.logSoftmax(logits))));
  const [g1, g2] = g.gradient(loss, [w1, w2]) as [Expr, Expr];
  const norm = g.sqrt(g.add(g.sum(g.square(g1)), g.sum(g.square(g2))));
  scene.place();
  const step = scene.machine.compile({
    outputs: { loss, norm },
    updates: [
      [w1, g.sub(w1, g.mul(g1, 1e-3))],
      [w2, g.sub(w2, g.mul(g2, 1e-3))],
    ],
  });
  step.setSetting('seed', 5);
  const rows = scene.machine.compile({ outputs: {}, perExample: { logits } });
  rows.setSetting('seed', 5);
  const parameters = (): string[] => [w1, w2].map((w) => bits(scene.machine.getParameter(w)));
  return { scene, step, rows, parameters, parts: { w1, w2 } };
}

test('every thread takes part, and mini-batches, dropout and rows per example keep their bits', async () => {
  const run = async (threads: number) => {
    const { scene, step, rows, parameters } = await network(threads);
    const { machine } = scene;
    const all = Int32Array.from({ length: 700 }, (_, i) => i);
    await untilAllHelp(machine, () => rows.run(all));
    const found: string[] = [];
    for (let i = 1; i <= 30; i++) {
      step.setSetting('step', i);
      step.run(scene.order(i % 3 === 0 ? 700 : 150));
      found.push(bits(step.value('loss')), bits(step.value('norm')), ...parameters());
      rows.run(scene.order(333));
      found.push(bits(rows.value('logits')));
    }
    expect(machine.threads).toBe(threads);
    await machine.close();
    return found;
  };
  const one = await run(1);
  for (const threads of [2, 3, 8]) expect(await run(threads)).toEqual(one);
});

test('memory that grows while workers sleep is seen by them', async () => {
  const { scene, rows, parts } = await network(2);
  const { machine } = scene;
  const all = Int32Array.from({ length: 700 }, (_, i) => i);
  await untilAllHelp(machine, () => rows.run(all));
  await pause(20); // asleep by now
  const far = g.parameter('far', [900, 1100], 'f32');
  machine.setParameter(far, new Float32Array(990_000).fill(3));
  const program = machine.compile({ outputs: { sum: g.sum(far), twice: g.mul(parts.w1, 2) } });
  const before = machine.callsByThread()[1] as number;
  for (let tries = 0; machine.callsByThread()[1] === before; tries++) {
    expect(tries).toBeLessThan(2000);
    program.run();
    expect(program.scalar('sum')).toBe(2_970_000);
    await pause(1);
  }
  await machine.close();
});

test('a step on two threads leaves nothing behind on the heap', async () => {
  const { scene, step } = await network(2);
  const order = scene.order(700);
  const steps = (n: number): void => {
    for (let i = 0; i < n; i++) {
      step.setSetting('step', i);
      step.run(order);
    }
  };
  await untilAllHelp(scene.machine, () => steps(1));
  steps(2000); // compiled by now
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  // V8 counts its heap by pages of 256 KB at times, so that one span says little and the median of many says it all: an
  // object for each of the phases and jobs, some ten in a step, would be 160 bytes and more.
  const spans = Array.from({ length: 21 }, () => {
    const start = process.memoryUsage().heapUsed;
    steps(100);
    return (process.memoryUsage().heapUsed - start) / 100;
  });
  expect(spans.sort((x, y) => x - y)[10]).toBeLessThan(100);
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000);
  await scene.machine.close();
});
