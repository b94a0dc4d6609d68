// Before the tests on the built package: builds what changed.

import { runNode } from '../../scripts/run.mjs';

export default async function setup(): Promise<void> {
  if ((await runNode('scripts/build.mjs', [])) !== 0)
    throw new Error('the build failed; its message stands above');
}
