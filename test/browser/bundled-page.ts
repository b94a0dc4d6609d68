/** Builds a page of the repository as a user's bundler would, and serves it on this machine. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createLogger } from 'vite';
import { serve } from './static-server.ts';

export interface BundledPage {
  readonly url: string;
  /** The bundler's warnings, in words; a good page has none. */
  readonly problems: string[];
  close(): Promise<void>;
}

/**
 * Scripts of the page import the library as users do, `from 'grokscope'`, and get dist.
 * @param entry the HTML file, relative to test/browser/
 * @param options.isolated serve it cross-origin isolated, so that the page may share memory between workers
 */
export async function serveBundled(
  entry: string,
  { isolated = false }: { isolated?: boolean } = {},
): Promise<BundledPage> {
  const html = fileURLToPath(new URL(entry, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'grokscope-page-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const problems = await bundle(html, folder);
    const server = await serve(folder, { isolated });
    const close = async () => {
      await server.close();
      await remove();
    };
    return { url: server.url + basename(html), problems, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Bundles as a user would, without any settings for this library; returns the warnings. */
async function bundle(html: string, outDir: string): Promise<string[]> {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(`bundler: ${message}`);
  await build({
    root: dirname(html),
    configFile: false,
    logLevel: 'error',
    customLogger: { ...createLogger('error'), warn, warnOnce: warn },
    base: './',
    build: { outDir, emptyOutDir: true, target: 'es2022', rolldownOptions: { input: html } },
  });
  return warnings;
}
