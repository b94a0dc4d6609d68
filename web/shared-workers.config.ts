/**
 * Page and workers from one build, so that what both need is one file, downloaded once. Vite alone bundles each worker apart,
 * with a copy of the whole engine in it.
 */

import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** As a worker is written everywhere in the sources: `new Worker(new URL('./file', import.meta.url)`. */
const WORKER = /\bnew Worker\(\s*new URL\('([^']+)', import\.meta\.url\)/g;

/** Vite wraps each import() in this helper, which loads styles by way of the document: workers have none. */
const PRELOAD_HELPER = /^\0vite\/preload-helper\.js$/;

/** While building, makes each worker an entry of the same build; a development server serves modules one by one anyway. */
export function sharedWorkers(): Plugin {
  return {
    name: 'grokscope-shared-workers',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: /\bnew Worker\(/ },
      handler(code, id) {
        const found = code.replace(WORKER, (_whole, path: string) => {
          const entry = this.emitFile({ type: 'chunk', id: resolve(dirname(id), path) });
          return `new Worker(import.meta.ROLLUP_FILE_URL_${entry}`;
        });
        return found === code ? undefined : { code: found, map: null };
      },
    },
    load: {
      filter: { id: PRELOAD_HELPER },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}
