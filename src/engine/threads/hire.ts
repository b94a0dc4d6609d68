/** Starts the further threads of a machine: worker threads in Node, module workers in browsers. */

import type { WorkerStart } from './worker.js';

/** A thread that was started. */
export interface Hired {
  /** Ends it, whatever it is doing. */
  end(): Promise<unknown> | undefined;
}

/**
 * Starts a thread.
 * @param lost called with the reason when it ends without being told to
 */
export type Hire = (start: WorkerStart, lost: (reason: string) => void) => Hired;

/** How this host starts threads; undefined where it has none that can share memory. */
export async function hiring(): Promise<Hire | undefined> {
  if (typeof SharedArrayBuffer === 'undefined') return undefined;
  if (typeof process !== 'undefined' && process.versions?.node !== undefined) return hiringInNode();
  if (typeof Worker === 'undefined' || globalThis.crossOriginIsolated === false) return undefined;
  return hireInBrowser;
}

async function hiringInNode(): Promise<Hire> {
  const { Worker: NodeWorker } = await import(/* @vite-ignore */ 'node:worker_threads');
  // Not written as one expression, which a bundler for browsers would take for a file to be shipped.
  const here = import.meta.url;
  const file = new URL('./worker.js', here);
  return (start, lost) => {
    const worker = new NodeWorker(file, { workerData: start, execArgv: [], name: 'grokscope' });
    let reason = 'it ended by itself';
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => lost(reason));
    // A machine that nobody closed does not keep the process alive.
    worker.unref();
    return { end: () => worker.terminate() };
  };
}

const hireInBrowser: Hire = (start, lost) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    lost(event.message || 'its script could not be loaded');
  });
  worker.postMessage(start);
  return {
    end: () => {
      worker.terminate();
      return undefined;
    },
  };
};
