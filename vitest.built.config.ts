import { defineConfig } from 'vitest/config';

/** Tests on what is built and packed, as a user gets it. Slow; `npm test` runs them after the others. */
export default defineConfig({
  test: {
    include: ['test/built/**/*.test.ts'],
    globalSetup: 'test/setup/dist.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
