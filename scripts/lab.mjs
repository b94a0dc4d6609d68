// `npm run lab`: from a bare clone to the lab in the browser. Installs, builds, then serves the runs in runs/; words after
// `--` go to `grokscope lab`.

import './require-node.mjs';
import { install } from './install.mjs';
import { runNode, runNpm } from './run.mjs';

const steps = [
  install,
  () => runNode('scripts/build.mjs', []),
  () => runNpm(['run', '--silent', 'build:lab']),
  () => runNode('dist/cli/main.js', ['lab', '--open', ...process.argv.slice(2)]),
];

for (const step of steps) {
  process.exitCode = await step();
  if (process.exitCode !== 0) break;
}
