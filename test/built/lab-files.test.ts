import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

/** The files of dist/lab: what page and workers load, and that nothing is there twice. */

const folder = join(root, 'dist', 'lab');
const assets = join(folder, 'assets');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
const text = (name: string) => readFileSync(join(assets, name), 'utf8');

/** The name of a script, by what stands before the hash. */
function named(name: string): string {
  const found = scripts.filter((script) => script.replace(/-[\w-]{8}\.js$/, '') === name);
  if (found.length !== 1) throw new Error(`dist/lab has ${found.length} scripts named ${name}`);
  return String(found[0]);
}

/** The script and everything that it imports from the start. */
function loadedWith(name: string): string {
  const loaded = new Set([named(name)]);
  for (const script of loaded) {
    for (const [, next] of text(script).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
      loaded.add(String(next));
    }
  }
  return [...loaded].map(text).join('\n');
}

/** Sentences and names that stand in one place of the sources and survive the build. */
const marks = {
  zod: 'ZodError',
  yaml: 'BLOCK_FOLDED',
  uPlot: 'u-cursor-x',
  engine: 'gives no memory that threads can share',
};

test.each(Object.entries(marks))('%s is in one file, whoever needs it', (_part, mark) => {
  expect(scripts.filter((name) => text(name).includes(mark))).toHaveLength(1);
});

test('the page does not wait for the engine, nor the thread that trains for the charts', () => {
  const page = loadedWith('index');
  const training = loadedWith('training-worker');
  expect(page).toContain(marks.uPlot);
  expect(page).not.toContain(marks.engine);
  expect(training).toContain(marks.engine);
  expect(training).not.toContain(marks.uPlot);
  for (const part of [page, training]) expect(part).toContain(marks.zod);
});

test('a further thread of the engine loads a few KB', () => {
  expect(loadedWith('worker').length).toBeLessThan(10_000);
});

test('the service worker is one script, as browsers without modules in service workers need it', () => {
  expect(readFileSync(join(folder, 'service-worker.js'), 'utf8')).not.toMatch(/\b(import|export)\b/);
});
