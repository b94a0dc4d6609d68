import { defineConfig } from 'vitest/config';

/** Tests in Chromium and, where there is one, Firefox, driven from Node; see test/browser/harness.ts and firefox.ts. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.test.ts'],
    globalSetup: 'test/setup/dist.ts',
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
