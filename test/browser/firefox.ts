/** Pages in this machine's Firefox, driven by WebDriver BiDi, and what goes wrong in them. */

import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../../scripts/find-firefox.mjs';

const found = findFirefox();

/** Why the tests in Firefox are skipped; undefined where there is one. */
export const noFirefox: string | undefined = found.missing;
if (noFirefox !== undefined) console.warn(noFirefox);

/** No network but the page's own, nothing that asks, and files saved into a folder without a question. */
const preferences = (downloads: string) => ({
  'app.update.enabled': false,
  'browser.download.dir': downloads,
  'browser.download.folderList': 2,
  'browser.download.always_ask_before_handling_new_types': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
});

/**
 * Starts Firefox, without a window.
 * @param downloads the folder into which pages save files
 */
export function launchFirefox(downloads: string): Promise<Browser> {
  if (found.path === undefined) throw new Error(found.missing);
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: found.path,
    extraPrefsFirefox: preferences(downloads),
    defaultViewport: { width: 1280, height: 900 },
    // One evaluation may be a whole training.
    protocolTimeout: 170_000,
  });
}

/** Writes what goes wrong on a page into `problems`, in words: errors and warnings of the console too. */
export function collectProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => {
    problems.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`);
  });
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const failure = request.failure()?.errorText;
    // What was still on its way when the page was left.
    if (failure !== 'NS_BINDING_ABORTED') problems.push(`request: ${request.url()} ${failure}`);
  });
}
