// Our step of the isolated dynamics in a process of its own, under the protocol of ../peers/python/turns.py: ours.mjs THREADS.

import { createInterface } from 'node:readline';
import { loadKernelStep, loadLibrary } from '../grokscope.mjs';
import { peakMb } from '../process.mjs';
import { ETA, isolatedProblem } from './problem.mjs';

/** @param {unknown} message */
function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const threads = Number(process.argv[2]);
const { engine } = await loadLibrary();
const { KernelStep } = await loadKernelStep();
await engine.allowRevectorizer(); // as the command does, on the versions of Node that have it
const { problem, weights } = isolatedProblem();
const step = await KernelStep.open(problem, { threads });
step.setWeights(weights);
// Vectors of f64 hold half as many numbers as those of f32, in whose operations the limit is measured.
const { limits } = await engine.measureSpeed('auto', 'wide');
answer({
  ready: {
    version: `Node ${process.versions.node}`,
    threads: step.threads,
    flops: step.flops,
    gflops_limit: limits['GFLOP/s'] / 2,
  },
});

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if ('losses' in request) {
    answer({ losses: Array.from({ length: request.losses }, () => step.advance(ETA)) });
    continue;
  }
  const [clock, processor] = [process.hrtime.bigint(), process.cpuUsage()];
  let loss = 0;
  for (let i = 0; i < request.run; i++) loss = step.advance(ETA);
  const { user, system } = process.cpuUsage(processor);
  const wall_ns = Number(process.hrtime.bigint() - clock);
  answer({ wall_ns, cpu_ns: (user + system) * 1000, loss, peak_mb: peakMb() });
}
// Threads of the engine would keep the process alive.
process.exit();
