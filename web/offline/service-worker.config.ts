/** How the service worker is built: beside the page, under a name that stays, with the list of the page's files at its head. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/** The name that browsers ask again to learn of a new version. */
export const serviceWorkerFile = 'service-worker.js';

/** Puts names and hash of all files of the folder before the service worker, once all are written. */
export function serviceWorkerBuild(folder: string): Plugin {
  return {
    name: 'grokscope-service-worker',
    writeBundle() {
      const names = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
      const hash = createHash('sha256');
      for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
      const files = names
        .filter((name) => name !== serviceWorkerFile)
        .map((name) => (name === 'index.html' ? './' : name));
      const script = join(folder, serviceWorkerFile);
      const head = [
        `const LAB_FILES = ${JSON.stringify(files)};`,
        `const LAB_VERSION = '${hash.digest('hex').slice(0, 16)}';`,
      ];
      writeFileSync(script, `${head.join('\n')}\n${readFileSync(script, 'utf8')}`);
    },
  };
}
