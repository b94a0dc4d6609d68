import { afterEach, expect, test } from 'vitest';
import * as sources from '../../src/index.ts';
import { FEW_STEPS, type Outcome, outcomes } from '../hosts/experiments.mjs';
import { type OpenPage, openPage } from './harness.ts';
import type { ThreadsFound } from './page/threads.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

const digests = (results: readonly Outcome[]) => results.map(({ name, digests }) => ({ name, digests }));

async function found(isolated: boolean): Promise<ThreadsFound> {
  opened = await openPage('page/threads.html', { isolated });
  const result = (await opened.page.evaluate(() => window.threads)) as ThreadsFound;
  expect(opened.problems).toEqual([]);
  expect(result.isolated).toBe(isolated);
  expect(result.sums[1]).toBe(result.sums[0]);
  expect(digests(result.two)).toEqual(digests(result.one));
  return result;
}

test('an isolated page computes on two threads, to the bits of one and of Node', async () => {
  const page = await found(true);
  expect(page).toMatchObject({ threads: 2, helped: true, notices: [] });
  expect(digests(page.two)).toEqual(digests(await outcomes(sources, { threads: 2 }, FEW_STEPS)));
});

test('a page that is not isolated computes on one, says why, and gives the same bits', async () => {
  const page = await found(false);
  expect(page).toMatchObject({ threads: 1, helped: false });
  expect(page.notices).toEqual([
    'this host gives no memory that threads can share (a page needs to be cross-origin isolated for it); ' +
      'the computation runs on one thread',
  ]);
});
