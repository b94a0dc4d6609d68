import { afterEach, expect, test } from 'vitest';
import { type OpenPage, openPage } from './harness.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function abilities(isolated: boolean) {
  opened = await openPage('page/smoke.html', { isolated });
  await opened.page.waitForFunction(() => window.abilities !== undefined);
  const found = await opened.page.evaluate(() => window.abilities);
  expect(opened.problems).toEqual([]);
  return found;
}

test('a bundled page runs in Chromium and has 128-bit kernels', async () => {
  const found = await abilities(false);
  expect(found?.bigRoot).toBe('141421356237309504880'); // √2 · 10²⁰
  expect(found?.squares).toEqual([1, 4, 9, 16]);
  expect(found?.isolated).toBe(false);
});

test('a page served for it may share memory between workers', async () => {
  expect((await abilities(true))?.isolated).toBe(true);
});
