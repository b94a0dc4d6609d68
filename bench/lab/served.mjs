// The lab as people have it: served by `grokscope lab`, opened in this machine's Chromium.

import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';
import { installedChromium } from '../../scripts/find-chromium.mjs';
import { root } from '../../scripts/run.mjs';
import { command } from '../grokscope.mjs';
import { recordInPage } from './recorder.mjs';

/** No network but the page's own, no graphics card: what is measured is the processor. */
const quiet = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/**
 * @typedef {object} ServedLab
 * @property {string} browser name and version
 * @property {(hash: string) => Promise<import('playwright-core').Page>} open in a new profile: nothing saved, nothing cached
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} runs folder of runs
 * @returns {Promise<ServedLab>}
 * @throws {Error} when there is no Chromium
 */
export async function serveLab(runs) {
  const executablePath = installedChromium();
  if (executablePath === undefined) throw new Error('No Chromium or Chrome was found.');
  const server = spawn(process.execPath, [command, 'lab', runs, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressSaidBy(server);
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root may not use it
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...sandbox] });
  return {
    browser: `Chromium ${browser.version()}`,
    open: async (hash) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addInitScript(recordInPage);
      const page = await context.newPage();
      page.setDefaultTimeout(300_000);
      await page.goto(`${url}#${hash}`, { waitUntil: 'commit' });
      return page;
    },
    close: async () => {
      await browser.close();
      server.kill();
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function addressSaidBy(server) {
  return new Promise((found, failed) => {
    let said = '';
    server.stdout?.on('data', (data) => {
      said += data;
      const address = /http:\/\/\S+\//.exec(said)?.[0];
      if (address !== undefined) found(address);
    });
    server.on('exit', () => failed(new Error(`grokscope lab ended: ${said}`)));
  });
}
