// `npm run lab [-- PARAMETERS]`: from a bare clone to the lab in a browser. Installs, builds, then `grokscope lab --open`.

import './require-node.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

const steps = [
  install,
  () => runNode('scripts/build.mjs', []),
  () => runNode('dist/cli/main.js', ['lab', '--open', ...process.argv.slice(2)]),
];

for (const step of steps) {
  process.exitCode = await step();
  if (process.exitCode !== 0) break;
}
