/** The built lab in Chromium, served by the server of `grokscope lab` with all its headers. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { root } from '../../scripts/run.mjs';
import { PageFiles } from '../../src/cli/lab/page-files.ts';
import { RunsFolder } from '../../src/cli/lab/runs-folder.ts';
import { type LabServer, startServer } from '../../src/cli/lab/server.ts';
import { TrialReports } from '../../src/cli/lab/trial-reports.ts';
import { collectProblems, launchChromium } from './harness.ts';

export interface OpenLab {
  readonly page: Page;
  /** Uncaught errors, console errors and failed requests so far, in words; a good page has none. */
  readonly problems: string[];
}

/** Serves the built lab as `grokscope lab` does. */
export function serveLab(runs: string, results?: string): Promise<LabServer> {
  const folder = new RunsFolder(runs);
  return startServer({
    page: new PageFiles(`${root}dist/lab`),
    runs: folder,
    reports: new TrialReports(folder, results),
    host: '127.0.0.1',
    port: 0,
    onError: (error) => {
      throw error;
    },
  });
}

/** A browser and a server, for several pages one after the other. */
export class LabInChromium {
  readonly #browser: Browser;
  readonly #server: LabServer;

  private constructor(browser: Browser, server: LabServer) {
    this.#browser = browser;
    this.#server = server;
  }

  /**
   * @param runs the folder of runs that is served
   * @param results a folder of trial reports beside those among the runs
   */
  static async start(runs: string, results?: string): Promise<LabInChromium> {
    return new LabInChromium(await launchChromium(), await serveLab(runs, results));
  }

  get url(): string {
    return this.#server.url;
  }

  /** @param hash what stands after # in the address */
  async open(hash: string, options: BrowserContextOptions = {}): Promise<OpenLab> {
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const problems: string[] = [];
    collectProblems(page, problems);
    await page.goto(`${this.#server.url}#${hash}`, { waitUntil: 'load' });
    await page.getByRole('slider', { name: 'Step shown', exact: true }).waitFor();
    return { page, problems };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
