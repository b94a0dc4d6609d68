import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests on the sources: unit tests beside them, behaviour tests across rooms in test/. */
export default defineConfig({
  resolve: {
    // Examples in the documents import the library as users do; here they get the sources.
    alias: [
      { find: /^grokscope$/, replacement: source('src/index.ts') },
      { find: /^grokscope\/runs$/, replacement: source('src/runs/index.ts') },
      { find: /^grokscope\/trials$/, replacement: source('src/trials/index.ts') },
    ],
  },
  // Some tests write sources there; they must not start another run.
  server: { watch: { ignored: ['**/.cache/**'] } },
  test: {
    include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'kernels/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/built/**', 'test/browser/**', 'test/hosts/**'],
    globalSetup: 'test/setup/kernels.ts',
    forceRerunTriggers: ['**/kernels/**/*.ts', '**/vitest.config.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
