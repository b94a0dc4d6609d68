// `npm start`: from a bare clone to a network that understands. Installs, builds, then runs the commands below.

import './require-node.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

/** What a newcomer sees, in order: arguments of `grokscope`. */
const commands = [
  ['train', '--config', 'configs/r1.yaml', '--overwrite', '--chart'],
  ['visualize', '--run', 'runs/r1', '--output_dir', 'runs/r1/figures'],
];

const steps = [
  install,
  () => runNode('scripts/build.mjs', []),
  ...commands.map((parameters) => () => {
    console.log(`\n$ grokscope ${parameters.join(' ')}`);
    return runNode('dist/cli/main.js', parameters);
  }),
];

for (const step of steps) {
  process.exitCode = await step();
  if (process.exitCode !== 0) break;
}
