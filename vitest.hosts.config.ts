import { defineConfig } from 'vitest/config';

/** Tests of the built library in every Node of scripts/find-node.mjs, fetched where they are missing; see test/hosts/. */
export default defineConfig({
  test: {
    include: ['test/hosts/**/*.test.ts'],
    globalSetup: ['test/setup/dist.ts', 'test/setup/nodes.ts'],
    pool: 'forks',
    maxWorkers: 1,
    // The tests wait for processes of their own: two at a time.
    maxConcurrency: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
