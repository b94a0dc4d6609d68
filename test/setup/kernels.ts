// Before the tests, and before each rerun in watch mode: builds the kernels that changed.

import type { TestProject } from 'vitest/node';
import { buildKernels } from '../../scripts/build-kernels.mjs';

/** Kernels that do not compile are reported and absent: tests that need them fail, the others run. */
async function build(): Promise<void> {
  try {
    await buildKernels();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.onTestsRerun(build);
  await build();
}
