/** A hand with a process of its own, which stays for the next run. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Hand, HandLost } from './hand.ts';
import type { FromProcess, ToProcess } from './messages.ts';
import type { JobEnd } from './perform-run.ts';

/** Beside this file, in the sources as in the package. */
function entry(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(`./run-process${here.slice(here.lastIndexOf('.'))}`, here));
}

/** Whether processes can be started: Node reads the package, and TypeScript only where it can strip types. */
export function canStartProcesses(): boolean {
  return import.meta.url.endsWith('.js') || Boolean(Reflect.get(process.features, 'typescript'));
}

/** Starts the process at once. */
export function processHand(): Hand {
  const child = fork(entry(), [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let gone: string | undefined;
  let pending: { onStep: (step: number) => void; settle: Settle } | undefined;
  const lost = (reason: string) => {
    gone ??= reason;
    pending?.settle.reject(new HandLost(gone));
    pending = undefined;
  };
  child.on('exit', (code, signal) => lost(signal === null ? `exit code ${code}` : `signal ${signal}`));
  child.on('error', (error) => lost(error.message));
  child.on('message', (message: FromProcess) => {
    if (message.say === 'step') return pending?.onStep(message.step);
    const settle = pending?.settle;
    pending = undefined;
    if (message.say === 'end') settle?.resolve(message.end);
    else settle?.reject(new Error(message.text));
  });
  return {
    perform: (job, onStep) =>
      new Promise<JobEnd>((resolve, reject) => {
        if (gone !== undefined) return reject(new HandLost(gone));
        pending = { onStep, settle: { resolve, reject } };
        send(child, { say: 'perform', job });
      }),
    stop: () => send(child, { say: 'stop' }),
    dismiss: () => {
      if (child.connected) child.disconnect();
    },
  };
}

interface Settle {
  resolve(end: JobEnd): void;
  reject(error: Error): void;
}

/** To a process that has just died nothing can be said; its exit tells. */
function send(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, () => {});
}
