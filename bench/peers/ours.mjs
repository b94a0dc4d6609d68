// Our side in a process of its own, under the protocol of python/turns.py: ours.mjs WORK { threads }, both as JSON.

import { createInterface } from 'node:readline';
import { loadLibrary } from '../grokscope.mjs';
import { peakMb } from '../process.mjs';
import { experimentOf } from './work-file.mjs';

/** @param {unknown} message */
function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const [work, { threads }] = process.argv.slice(2).map((text) => JSON.parse(text));
const { Machine, Trainer, allowRevectorizer, buildDataset } = await loadLibrary();
const experiment = await experimentOf(work);
await allowRevectorizer(); // as the command does, on the versions of Node that have it
const machine = await Machine.open({ threads });
const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
answer({ ready: { version: `Node ${process.versions.node}`, threads: machine.threads } });

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if ('losses' in request) {
    const losses = [];
    for (let i = 0; i < request.losses; i++) {
      await trainer.advance();
      losses.push(trainer.batchLoss);
    }
    answer({ losses });
    continue;
  }
  const [clock, processor] = [process.hrtime.bigint(), process.cpuUsage()];
  for (let i = 0; i < request.run; i++) await trainer.advance();
  const { user, system } = process.cpuUsage(processor);
  const wall_ns = Number(process.hrtime.bigint() - clock);
  answer({ wall_ns, cpu_ns: (user + system) * 1000, loss: trainer.batchLoss, peak_mb: peakMb() });
}
// Threads of the engine would keep the process alive.
process.exit();
