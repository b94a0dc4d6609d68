// Pictures of the lab for the documents: docs/figures/lab-light.png, lab-dark.png and lab-phone.png, of the page as it is
// built. `node scripts/lab-screenshots.mjs`, after every change that can be seen; then look at them.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './find-chromium.mjs';
import { root, runNode } from './run.mjs';

/** Step 38 is where the preset has grokked, for good. */
const hash = 'play=yes&step=38';

/** @type {{ name: string, width: number, height: number, paper: 'light' | 'dark' }[]} */
const pictures = [
  { name: 'lab-light', width: 1280, height: 1000, paper: 'light' },
  { name: 'lab-dark', width: 1280, height: 1000, paper: 'dark' },
  { name: 'lab-phone', width: 360, height: 780, paper: 'light' },
];

/**
 * Starts `grokscope lab` on a free port.
 * @param {string} runs
 * @returns {Promise<{ url: string, end: () => void }>}
 */
function served(runs) {
  const server = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'lab', runs, '--port', '0']);
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => {
      const url = /http:\/\/\S+/.exec(String(text))?.[0];
      if (url !== undefined) resolve({ url, end: () => server.kill() });
    });
    server.stderr.on('data', (text) => process.stderr.write(text));
    server.on('exit', (code) => reject(new Error(`grokscope lab ended with exit code ${code}`)));
  });
}

if ((await runNode('scripts/build.mjs', [])) !== 0) process.exit(1);
const runs = mkdtempSync(join(tmpdir(), 'grokscope-no-runs-'));
const { url, end } = await served(runs);
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root may not use it
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--disable-gpu', ...sandbox],
});
try {
  for (const { name, width, height, paper } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: paper });
    await page.goto(`${url}#${hash}`);
    await page.locator('#weights').waitFor({ state: 'attached', timeout: 120_000 });
    // The last report has come; two frames later everything is drawn.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    await page.screenshot({ path: join(root, 'docs', 'figures', `${name}.png`) });
    await page.close();
    console.log(`docs/figures/${name}.png`);
  }
} finally {
  await browser.close();
  end();
  rmSync(runs, { recursive: true, force: true });
}
