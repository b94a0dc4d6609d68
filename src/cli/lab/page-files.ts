/** The built page: its files by their addresses, so that nothing but what was built can be asked for. */

import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, immutable } from './answer.ts';
import { contentType } from './headers.ts';

/** Where `npm run build:lab` puts the page; the same from src/ and from dist/. */
export const builtPage = fileURLToPath(new URL('../../../dist/lab', import.meta.url));

/** Vite's names of assets: `index-B3x_9aZ0.js`. */
const hashed = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/** The files of a folder, by the path under which they are served. */
export class PageFiles {
  readonly folder: string;
  #files: ReadonlyMap<string, string> = new Map();

  constructor(folder: string) {
    this.folder = folder;
    this.#look();
  }

  /** Whether there is a page. */
  get isBuilt(): boolean {
    return this.#files.has('/');
  }

  /** The file at a path, which is compared as it was sent; undefined when there is none. */
  answer(path: string): Answer | undefined {
    // A page that was built anew while the server runs has assets with other names.
    if (path === '/') this.#look();
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    return {
      status: 200,
      headers: {
        'Content-Type': contentType(file),
        'Cache-Control': hashed.test(path) ? immutable : 'no-cache',
        // Tells the page that it may ask for runs, which a plain web host does not have.
        ...(path === '/' && { 'Grokscope-Runs': 'yes' }),
      },
      body: { file },
    };
  }

  #look(): void {
    const files = new Map<string, string>();
    for (const entry of entriesBelow(this.folder)) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`/${relative(this.folder, file).split(sep).map(encodeURIComponent).join('/')}`, file);
    }
    const index = files.get('/index.html');
    if (index !== undefined) files.set('/', index);
    this.#files = files;
  }
}

function entriesBelow(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}
