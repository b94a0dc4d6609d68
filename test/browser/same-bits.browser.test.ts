import { afterAll, beforeAll, expect, test } from 'vitest';
import * as sources from '../../src/index.ts';
import { type OpenPage, openPage } from './harness.ts';
import type { Outcomes } from './page/same-bits.ts';
import { type Outcome, outcomes, smallExperiments } from './small-experiments.ts';

let opened: OpenPage;
let inPage: Outcomes;
let inNode: Outcome[];

beforeAll(async () => {
  opened = await openPage('page/same-bits.html');
  inPage = (await opened.page.evaluate(() => window.sameBits)) as Outcomes;
  inNode = await outcomes(sources, 'auto');
});

afterAll(() => opened?.close());

const digests = (results: readonly Outcome[]) => results.map(({ mode: _mode, ...rest }) => rest);

test('a page bundled by vite loads the library and its kernels without a word of complaint', () => {
  expect(opened.problems).toEqual([]);
  expect(inPage.auto.map(({ name }) => name)).toEqual(smallExperiments.map(({ name }) => name));
});

test('on one machine Chromium and Node choose the same kernels, and the others run when asked for', () => {
  expect(inPage.auto.map(({ mode }) => mode)).toEqual(inNode.map(({ mode }) => mode));
  expect(inPage.emulated.map(({ mode }) => mode)).toEqual(smallExperiments.map(() => 'emulated'));
});

test('weights, optimiser state, metrics and logits have the same bits in Chromium and in Node', () => {
  expect(digests(inPage.auto)).toEqual(digests(inNode));
});

test('emulated multiply-adds change no bit, in the page and in Node', async () => {
  expect(digests(inPage.emulated)).toEqual(digests(inNode));
  expect(digests(await outcomes(sources, 'emulated'))).toEqual(digests(inNode));
});

test('different results have different digests, so that the comparison can fail', () => {
  const all = inNode.flatMap(({ state, metrics, logits }) => [state, metrics, logits]);
  expect(new Set(all).size).toBe(all.length);
});
