import { afterEach, expect, test, vi } from 'vitest';
import { Stream } from '../../src/engine/philox.ts';
import { Machine, parseExperiment } from '../../src/index.ts';
import { crashSentence, failureSentence } from './failure-sentences.ts';

afterEach(() => vi.unstubAllGlobals());

async function caught(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('what the engine says of a host without WebAssembly, or without vectors, is said of the browser', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(failureSentence(await caught(() => Machine.open()))).toMatch(/^This browser has no WebAssembly, /);
  vi.stubGlobal('WebAssembly', { validate: () => false });
  expect(failureSentence(await caught(() => Machine.open()))).toMatch(/no 128-bit vectors/);
});

test('memory that is refused is said alike, whoever refuses it', async () => {
  const machine = await Machine.open();
  const array = await caught(() => new Float64Array(2 ** 52));
  const grown = await caught(() => new WebAssembly.Memory({ initial: 1, maximum: 1 }).grow(1));
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('refused');
  });
  const large = 2 ** 22;
  const refused = await caught(() => machine.setColumns({ x: new Float32Array(large) }, large, { x: [1] }));
  vi.restoreAllMocks();
  const weights = await caught(() => new Stream(0, 'weights').normals(2 ** 31));
  const sentences = [
    ...[array, grown, refused, weights].map(failureSentence),
    crashSentence('Uncaught RangeError: Array buffer allocation failed'),
    crashSentence('InternalError: allocation size overflow'),
  ];
  expect(new Set(sentences).size).toBe(1);
  expect(sentences[0]).toMatch(/^The browser has no memory left .* smaller/);
});

test('settings that mean no experiment are said in the words of the schema', async () => {
  const error = await caught(() => parseExperiment('dataset: { N: 1 }'));
  expect(failureSentence(error)).toContain('dataset.N');
});

test('a script that did not load, and a crash of another kind, each come with a way on', () => {
  expect(crashSentence('')).toMatch(/^The script that trains did not load: reload the page\./);
  expect(crashSentence('Uncaught Error: nothing works.')).toBe(
    'The training stopped: nothing works. Train again, or reload the page: it goes on from where it was saved.',
  );
  const stopped = (reason: string) => `Measuring stopped: ${reason}.`;
  expect(crashSentence('Uncaught TypeError: nothing works.', stopped)).toBe(
    'Measuring stopped: nothing works.',
  );
  expect(crashSentence('Uncaught RangeError: Array buffer allocation failed', stopped)).toMatch(/memory/);
});
