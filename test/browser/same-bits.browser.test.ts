import { afterAll, beforeAll, expect, test } from 'vitest';
import { Machine } from '../../src/index.ts';
import { experiments, FEW_STEPS, MANY_STEPS } from '../hosts/experiments.mjs';
import { advice, digestsByName, type Recorded, recorded, throughStep } from '../hosts/recorded.mjs';
import { type OpenPage, openPage } from './harness.ts';
import type { Outcomes } from './page/same-bits.ts';

let opened: OpenPage;
let inPage: Outcomes;
const { digests } = recorded() as Recorded;

beforeAll(async () => {
  opened = await openPage('page/same-bits.html');
  inPage = (await opened.page.evaluate(() => window.sameBits)) as Outcomes;
});

afterAll(() => opened?.close());

test('a page bundled by vite loads the library and its kernels without a word of complaint', () => {
  expect(opened.problems).toEqual([]);
  expect(inPage.auto.map(({ name }) => name)).toEqual(experiments.map(({ name }) => name));
});

test('on one machine Chromium and Node choose the same kernels, and the others run when asked for', async () => {
  const { mode } = await Machine.open();
  expect(inPage.auto.map((outcome) => outcome.mode)).toEqual(experiments.map(() => mode));
  expect(inPage.emulated.map((outcome) => outcome.mode)).toEqual(experiments.map(() => 'emulated'));
});

test('weights, optimiser state, metrics and logits have the recorded bits in Chromium', () => {
  expect(digestsByName(inPage.auto), advice).toEqual(throughStep(digests, MANY_STEPS));
});

test('emulated multiply-adds change no bit there', () => {
  expect(digestsByName(inPage.emulated), advice).toEqual(throughStep(digests, FEW_STEPS));
});
