import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as sources from '../../src/index.ts';
import { FEW_STEPS, MANY_STEPS, outcomes } from '../hosts/experiments.mjs';
import { advice, digestsByName, type Recorded, recorded, throughStep } from '../hosts/recorded.mjs';
import { serveBundled } from './bundled-page.ts';
import { collectProblems, launchFirefox, noFirefox } from './firefox.ts';
import type { Outcomes } from './page/same-bits.ts';
import type { ThreadsFound } from './page/threads.ts';

const { digests } = recorded() as Recorded;

describe.skipIf(noFirefox !== undefined)('the library in Firefox', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grokscope-firefox-'));
    browser = await launchFirefox(folder);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a page leaves in a variable of its window; nothing may go wrong meanwhile. */
  async function left<Found>(entry: string, variable: string, isolated: boolean): Promise<Found> {
    const { url, problems, close } = await serveBundled(entry, { isolated });
    try {
      const page = await browser.newPage();
      collectProblems(page, problems);
      await page.goto(url, { waitUntil: 'load' });
      const found = await page.evaluate(
        (name) => (window as unknown as Record<string, unknown>)[name],
        variable,
      );
      await page.close();
      expect(problems).toEqual([]);
      return found as Found;
    } finally {
      await close();
    }
  }

  test('weights, optimiser state, metrics and logits have the recorded bits, with both sets of kernels', async () => {
    const { auto, emulated } = await left<Outcomes>('page/same-bits.html', 'sameBits', false);
    expect(digestsByName(auto), advice).toEqual(throughStep(digests, MANY_STEPS));
    expect(emulated.every(({ mode }) => mode === 'emulated')).toBe(true);
    expect(digestsByName(emulated), advice).toEqual(throughStep(digests, FEW_STEPS));
  });

  test('an isolated page computes on two threads, to the bits of one and of Node', async () => {
    const page = await left<ThreadsFound>('page/threads.html', 'threads', true);
    expect(page).toMatchObject({ isolated: true, threads: 2, helped: true, notices: [] });
    expect(page.sums[1]).toBe(page.sums[0]);
    expect(digestsByName(page.two)).toEqual(digestsByName(page.one));
    expect(digestsByName(page.two)).toEqual(
      digestsByName(await outcomes(sources, { threads: 2 }, FEW_STEPS)),
    );
  });
});
