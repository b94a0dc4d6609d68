// 10,000 steps at a time of a small model, for heap.mjs: what lives on the heap before and after, how often it was collected.
// One line of JSON. Needs `node --expose-gc`.

import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { loadLibrary } from './grokscope.mjs';

const STEPS = 10_000;
const BLOCKS = 8;
/** Node tells of collections a little after they happened. */
const SETTLE_MS = 20;

const { buildDataset, experimentFromObject, Trainer } = await loadLibrary();
const { experiment } = experimentFromObject({
  dataset: { N: 11 },
  model: { type: 'two_layer', hidden_dim: 16, activation: 'quadratic' },
});
const trainer = await Trainer.start(experiment, buildDataset(experiment));

let collections = 0;
let collectionMs = 0;
/** @param {readonly PerformanceEntry[]} entries */
function count(entries) {
  for (const { duration } of entries) {
    collections += 1;
    collectionMs += duration;
  }
}
const observer = new PerformanceObserver((list) => count(list.getEntries()));

/** Bytes on the heap after everything that can go has gone. */
async function live() {
  await setTimeout(SETTLE_MS);
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  await setTimeout(SETTLE_MS);
  return process.memoryUsage().heapUsed;
}

/**
 * The same for training and for doing nothing, so that the second shows the noise of the first.
 * @param {() => void} once
 */
async function block(once) {
  const before = await live();
  [collections, collectionMs] = [0, 0];
  observer.observe({ entryTypes: ['gc'] });
  const cpu = process.cpuUsage();
  for (let i = 0; i < STEPS; i++) once();
  const { user } = process.cpuUsage(cpu);
  await setTimeout(SETTLE_MS);
  count(observer.takeRecords());
  observer.disconnect();
  const counted = { collections, collection_ms: Math.round(collectionMs * 10) / 10 };
  return { growth_bytes: (await live()) - before, ...counted, cpu_us_per_step: user / STEPS };
}

/** Bytes that one step leaves to the collector, from spans too short for a collection. */
function garbage() {
  const steps = 200;
  const spans = Array.from({ length: 31 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < steps; i++) trainer.advance();
    return (process.memoryUsage().heapUsed - before) / steps;
  });
  return spans.sort((a, b) => a - b)[15];
}

const advance = () => trainer.advance();
const nothing = () => {};
// The first blocks compile and fill caches.
for (let i = 0; i < 2; i++) for (const job of [advance, nothing]) await block(job);
const [steps, idle] = [[], []].map(() => /** @type {Awaited<ReturnType<typeof block>>[]} */ ([]));
for (let i = 0; i < BLOCKS; i++) {
  steps.push(await block(advance));
  idle.push(await block(nothing));
}
console.log(JSON.stringify({ steps, idle, garbage_bytes_per_step: Math.round(garbage()) }));
