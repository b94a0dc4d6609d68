/** A page that trains on one and on two threads, on its main thread, and leaves what came out in `window.threads`. */

import * as grokscope from 'grokscope';
import { FEW_STEPS, type Outcome, outcomes } from '../../hosts/experiments.mjs';

export interface ThreadsFound {
  isolated: boolean;
  /** Threads at work when two were asked for. */
  threads: number;
  /** Whether the second one did something. */
  helped: boolean;
  notices: string[];
  one: Outcome[];
  two: Outcome[];
  /** Digests of a product of several tiles, by number of threads. */
  sums: string[];
}

declare global {
  interface Window {
    threads?: Promise<ThreadsFound>;
  }
}

const { engine, Machine } = grokscope;

/** Σ over 500 examples of an outer product; runs until every thread has helped, or for ten seconds. */
async function outerProduct(threads: number, notices: string[]) {
  const machine = await Machine.open({ threads, onNotice: (sentence) => notices.push(sentence) });
  const values = Float32Array.from({ length: 500 * 60 }, (_, i) => ((i * 7919) % 1009) / 1009);
  machine.setColumns({ x: values }, 500, { x: [60] });
  const x = engine.input('x', [60], 'f32', { examples: true });
  const program = machine.compile({ outputs: { sum: engine.einsumOverExamples('i,j->ij', x, x) } });
  const order = Int32Array.from({ length: 500 }, (_, i) => (i * 37) % 500);
  for (let tries = 0; tries < 2000; tries++) {
    program.run(order);
    if (!machine.callsByThread().includes(0)) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  program.run(order);
  const found = {
    digest: Array.from(program.value('sum')).join(),
    threads: machine.threads,
    helped: machine.callsByThread().every((calls) => calls > 0) && threads === machine.threads,
  };
  await machine.close();
  return found;
}

async function find(): Promise<ThreadsFound> {
  const notices: string[] = [];
  const [one, two] = [await outerProduct(1, notices), await outerProduct(2, notices)];
  return {
    isolated: crossOriginIsolated,
    threads: two.threads,
    helped: two.helped,
    notices,
    one: await outcomes(grokscope, {}, FEW_STEPS),
    two: await outcomes(grokscope, { threads: 2 }, FEW_STEPS),
    sums: [one.digest, two.digest],
  };
}

window.threads = find();
