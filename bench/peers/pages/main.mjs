// A page that trains on request. `peers.start(name, url, threads)` opens one; then `peers.run(steps)` and `peers.losses(steps)`
// do steps, as the protocol of python/turns.py has it.

import { readWork } from './training-work.mjs';

const kinds = {
  grokscope: () => import('./grokscope.mjs'),
  'jax-js': () => import('./jax-js.mjs'),
  tfjs: () => import('./tfjs.mjs'),
};

/** One step, the loss of its batch in whatever form; `finish` waits for all steps and gives the loss as a number. */
let training = { step: async () => undefined, finish: async () => Number.NaN };

globalThis.peers = {
  async start(name, url, options) {
    const { start } = await kinds[name]();
    const { about, ...rest } = await start(await readWork(url), options);
    training = rest;
    return about;
  },
  async run(steps) {
    const start = performance.now();
    let loss;
    for (let i = 0; i < steps; i++) loss = await training.step();
    const value = await training.finish(loss);
    return { wall_ns: Math.round((performance.now() - start) * 1e6), loss: value };
  },
  async losses(steps) {
    const losses = [];
    for (let i = 0; i < steps; i++) losses.push(await training.finish(await training.step()));
    return losses;
  },
};
