// Runners in this machine's Chromium: pages/ bundled as a user would, served cross-origin isolated so that threads may share
// memory, one browser for each runner.

import { copyFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedChromium } from '../../scripts/find-chromium.mjs';
import { root } from '../../scripts/run.mjs';
import { nodePeers } from './environment.mjs';
import { workFile } from './work-file.mjs';

const pages = fileURLToPath(new URL('pages', import.meta.url));
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const quiet = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** @type {Promise<string> | undefined} */
let bundled;

/** The folder of the bundled page. */
async function bundle() {
  const found = await nodePeers();
  if ('missing' in found) throw new Error(found.missing);
  const { build } = await import('vite');
  const outDir = join(root, '.cache', 'bench', 'page');
  const packages = join(found.path, 'node_modules');
  await build({
    root: pages,
    configFile: false,
    logLevel: 'silent',
    base: './',
    resolve: {
      alias: ['@jax-js/jax', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'].map((name) => ({
        find: name,
        replacement: join(packages, name),
      })),
    },
    // TensorFlow.js starts its threads from the text of a function, which must stay as it is.
    build: { outDir, emptyOutDir: true, target: 'es2022', minify: false },
  });
  const binaries = join(packages, '@tensorflow', 'tfjs-backend-wasm', 'dist');
  cpSync(binaries, join(outDir, 'tfjs'), { recursive: true, filter: (path) => !/\.(js|map|ts)$/.test(path) });
  return outDir;
}

/**
 * @param {'grokscope' | 'jax-js' | 'tfjs'} name
 * @param {import('./works.mjs').Work} work
 * @param {number} threads
 * @returns {Promise<import('./runner.mjs').Runner>}
 * @throws {Error} when there is no Chromium, the packages cannot be had, or the page fails
 */
export async function startPage(name, work, threads) {
  const executablePath = installedChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium or Chrome was found: what runs in a browser is left out.');
  }
  bundled ??= bundle();
  const outDir = await bundled;
  const file = await workFile(work);
  copyFileSync(file, join(outDir, `${work.name}.safetensors`));
  const [{ preview }, { chromium }] = await Promise.all([import('vite'), import('playwright-core')]);
  const server = await preview({
    root: pages,
    configFile: false,
    logLevel: 'silent',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', headers: isolation },
  });
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root may not use it
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...sandbox] });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(300_000);
    await page.goto(String(server.resolvedUrls?.local[0]), { waitUntil: 'load' });
    const options = {
      yaml: readFileSync(join(root, work.config), 'utf8'),
      overrides: work.overrides,
      threads,
    };
    const ask = (/** @type {string} */ method, /** @type {unknown[]} */ ...words) =>
      page.evaluate(
        // The page's own object, see pages/main.mjs.
        ([method, words]) =>
          Reflect.get(globalThis, 'peers')[String(method)](.../** @type {unknown[]} */ (words)),
        [method, words],
      );
    const about = await ask('start', name, `./${work.name}.safetensors`, options);
    return { about, run: (steps) => ask('run', steps), losses: (steps) => ask('losses', steps), close };
  } catch (error) {
    await close();
    throw error;
  }
}
