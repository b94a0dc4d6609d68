// Imported first by every script that a newcomer may start: says in one sentence when Node is too old, before anything else
// can fail. Plain syntax throughout, so that the old Node can read it.

import { readFileSync } from 'node:fs';
import process from 'node:process';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = manifest.engines.node.replace('>=', '').split('.').map(Number);
const found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    `grokscope needs Node.js ${wanted.join('.')} or newer, but this is ${process.versions.node} (${process.execPath}): ` +
      'install a newer one from https://nodejs.org and try again.',
  );
  process.exit(2);
}
