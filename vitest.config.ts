import { defineConfig } from 'vitest/config';

/** Tests on the sources: unit tests beside them, behaviour tests across rooms in test/. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'kernels/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/built/**', 'test/browser/**'],
    globalSetup: 'test/setup/kernels.ts',
    forceRerunTriggers: ['**/kernels/**/*.ts', '**/vitest.config.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
