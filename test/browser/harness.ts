/** Opens pages in the system's Chromium, without a window, and hears what goes wrong in them. */

import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../scripts/find-chromium.mjs';
import { serveBundled } from './bundled-page.ts';

/** No network but the page's own, no graphics card, nothing that asks. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenPage {
  page: Page;
  /** The bundler's warnings, uncaught errors, console errors and failed requests so far, in words; a good page has none. */
  problems: string[];
  close(): Promise<void>;
}

/**
 * Opens a page of the repository. Scripts of the page import the library as users do, `from 'grokscope'`, and get dist.
 * @param entry the HTML file, relative to test/browser/
 * @param options.isolated serve it cross-origin isolated, so that the page may share memory between workers
 * @param options.flags further command-line switches of Chromium
 */
export async function openPage(
  entry: string,
  { isolated = false, flags = [] }: { isolated?: boolean; flags?: string[] } = {},
): Promise<OpenPage> {
  const bundled = await serveBundled(entry, { isolated });
  const closers: (() => Promise<unknown>)[] = [bundled.close];
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    const { problems } = bundled;
    const browser = await launchChromium(flags);
    closers.push(() => browser.close());
    const page = await browser.newPage();
    collectProblems(page, problems);
    await page.goto(bundled.url, { waitUntil: 'load' });
    return { page, problems, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the system's Chromium, without a window. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root may not use it
  return chromium.launch({ executablePath: ensureChromium(), args: [...quiet, ...sandbox, ...flags] });
}

/** Writes what goes wrong on a page into `problems`, in words. */
export function collectProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const failure = request.failure()?.errorText;
    // A page that is left or loaded anew gives up what was still on its way.
    if (failure !== 'net::ERR_ABORTED') problems.push(`request: ${request.url()} ${failure}`);
  });
}
