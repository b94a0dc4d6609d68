/** How the lab is built: one page and its workers from the sources, as static files under any path. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { documentsBuild } from './documents/documents.config.ts';
import { serviceWorkerBuild, serviceWorkerFile } from './offline/service-worker.config.ts';
import { sharedWorkers } from './shared-workers.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { version } = JSON.parse(readFileSync(at('../package.json'), 'utf8'));

export default defineConfig({
  root: at('.'),
  base: './',
  define: { GROKSCOPE_VERSION: JSON.stringify(version) },
  resolve: { alias: [{ find: /^grokscope$/, replacement: at('../src/index.ts') }] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  plugins: [sharedWorkers(), documentsBuild(), serviceWorkerBuild(at('../dist/lab'))],
  build: {
    outDir: at('../dist/lab'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy of `grokscope lab` allows no data: addresses for scripts and modules.
    assetsInlineLimit: 0,
    // Every browser that has workers of modules, which the lab needs, preloads modules by itself.
    modulePreload: { polyfill: false },
    // The engine alone is about this large; what is downloaded is measured by scripts/build-lab.mjs.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: { index: at('./index.html'), 'service-worker': at('./offline/service-worker.ts') },
      output: {
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? serviceWorkerFile : 'assets/[name]-[hash].js',
        // What page and workers share would have the name of any file in it.
        chunkFileNames: ({ name, moduleIds }) =>
          `assets/${moduleIds.some((id) => id.includes('/node_modules/zod/')) ? 'shared' : name}-[hash].js`,
      },
      // What only the worker uses of the library stays out of the page: no module of src does anything by being imported.
      treeshake: { moduleSideEffects: [{ test: /[\\/]src[\\/]/, sideEffects: false }] },
      // How long its own plugins take is of no interest here.
      checks: { bundlerTimings: false, pluginTimings: false },
    },
  },
});
