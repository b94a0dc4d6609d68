/** What went wrong in the thread that trains, as a sentence of the page: what it is, and what the reader can do. */

import { ConfigError } from 'grokscope';

const browsers = 'take a current Chromium, Firefox or Safari';

const NO_MEMORY =
  'The browser has no memory left for this network: make the model, the batch or the task smaller, or close other pages, ' +
  'then train again.';

/** What browsers call it when memory is refused: V8, SpiderMonkey and JavaScriptCore differ. */
const refusedMemory = /memory|allocat|array length|array buffer/i;

/** By what the engine says (src/engine/simd.ts), whose advice is for Node too, and by what browsers say. */
const known: readonly { readonly says: RegExp; readonly sentence: string }[] = [
  {
    says: /^kernels: .*\bno WebAssembly\b/,
    sentence: `This browser has no WebAssembly, or it is switched off, and nothing can be trained without it: switch it on, or ${browsers}.`,
  },
  {
    says: /^kernels: .*\bSIMD\b/,
    sentence: `This browser's WebAssembly has no 128-bit vectors, and nothing can be trained without them: ${browsers}.`,
  },
  // More weights than a stream of chance has numbers.
  { says: /^(memory: |Stream\.\w+: expected)/, sentence: NO_MEMORY },
  {
    says: /^(Failed to fetch|NetworkError when|Load failed)/,
    sentence: 'A file of the lab did not load: see that its host can be reached, then reload the page.',
  },
];

/** @param error what was caught */
export function failureSentence(error: unknown): string {
  if (error instanceof ConfigError) return error.issues.map(({ message }) => message).join('; ');
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  if (['RangeError', 'InternalError'].includes(name) && refusedMemory.test(message)) return NO_MEMORY;
  return known.find(({ says }) => says.test(message))?.sentence ?? message;
}

const trainingStopped = (reason: string) =>
  `The training stopped: ${reason}. Train again, or reload the page: it goes on from where it was saved.`;

/**
 * @param message of the error event of a worker: `Uncaught RangeError: …`, or nothing where its script did not load
 * @param stopped the sentence for a reason of which nothing better is known; the reason has no full stop
 */
export function crashSentence(message: string | undefined, stopped = trainingStopped): string {
  if (!message) {
    return `The script that trains did not load: reload the page. If that does not help, the browser is too old for it; ${browsers}.`;
  }
  const [, name = 'Error', words = message] = /^(?:Uncaught )?(\w*Error): (.*)$/.exec(message) ?? [];
  const sentence = failureSentence(Object.assign(new Error(words), { name }));
  if (sentence !== words) return sentence;
  return stopped(words.replace(/\.$/, ''));
}
