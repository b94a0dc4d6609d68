import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabInChromium } from './lab-page.ts';

/** What a reader expects of any good page: it stays where it is, says nothing to the console, and shows the focus. */

let lab: LabInChromium;
let runs: string;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'grokscope-quality-'));
  lab = await LabInChromium.start(runs);
});

afterAll(async () => {
  await lab?.close();
  rmSync(runs, { recursive: true, force: true });
});

const tiny = 'set=dataset.N=13&set=model.hidden_dim=16';

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** What moved by itself since the page was opened, as browsers count it (Layout Instability): how far, and what. */
function shifts(page: Page): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(async () => {
    const found = await new Promise<Shift[]>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries() as Shift[])).observe({
        type: 'layout-shift',
        buffered: true,
      });
      // There may be none.
      setTimeout(() => resolve([]), 500);
    });
    const unasked = found.filter(({ hadRecentInput }) => !hadRecentInput);
    return {
      sum: unasked.reduce((sum, { value }) => sum + value, 0),
      moved: unasked.flatMap(({ value, sources }) =>
        sources.map(({ node }) => `${value.toFixed(4)} ${node?.textContent?.slice(0, 40)}`),
      ),
    };
  });
}

test.each([1440, 360])(
  '%i px wide, nothing moves by itself while the page loads and a run is trained to its end',
  async (width) => {
    const { page, problems } = await lab.open(`play=yes&pace=30&${tiny}`, {
      viewport: { width, height: 900 },
    });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.locator('#weights').waitFor({ state: 'attached', timeout: 60_000 });
    const { sum, moved } = await shifts(page);
    // Below 0.1 is called good; a line of text that comes in on top of the panels makes 0.02.
    expect(sum, moved.join('\n')).toBeLessThan(0.015);
    expect([...said, ...problems]).toEqual([]);
    await page.close();
  },
);

test('Tab leads to every control, and each shows that it has the focus', async () => {
  const { page, problems } = await lab.open(tiny);
  await page.getByText('Paused at step 0').waitFor();
  const controls = await page.evaluate(() => {
    const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const usable = [...document.querySelectorAll<HTMLElement>(all)].filter(
      (element) => !element.matches(':disabled, [hidden]') && element.checkVisibility(),
    );
    usable.forEach((element, number) => {
      element.dataset.control = String(number);
    });
    return usable.length;
  });
  const reached = new Set<string>();
  for (let presses = 0; presses < controls + 5; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const shown = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return { number: element.dataset.control, shown, words: element.outerHTML.slice(0, 80) };
    });
    if (focused.number === undefined) continue;
    reached.add(focused.number);
    expect(focused, focused.words).toMatchObject({ shown: true });
  }
  expect(reached.size).toBe(controls);
  expect(problems).toEqual([]);
  await page.close();
});

test('where the reader wants little motion, nothing is animated', async () => {
  const { page, problems } = await lab.open(`tour=1&${tiny}`, { reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Next' }).click();
  const moving = await page.evaluate(() => [
    ...document.getAnimations().map(({ playState }) => playState),
    ...[...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, scrollBehavior } = getComputedStyle(element);
      return Number.parseFloat(transitionDuration) > 0 || scrollBehavior === 'smooth'
        ? [element.outerHTML.slice(0, 80)]
        : [];
    }),
  ]);
  expect(moving).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});
