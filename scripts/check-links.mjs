// Checks the Markdown files: every relative link and anchor leads somewhere, every command that is named exists. Needs a build,
// because `grokscope --help` says which commands there are.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { filesBelow } from './fingerprint.mjs';
import { anchorsOf, commandsOf, linksOf } from './markdown.mjs';
import { root } from './run.mjs';

const notOurs = ['node_modules', 'dist', 'runs', '.cache', '.git'];
const documents = readdirSync(root, { withFileTypes: true })
  .filter((entry) => !notOurs.includes(entry.name))
  .flatMap((entry) => {
    const path = join(root, entry.name);
    return entry.isDirectory() ? filesBelow(path, () => true) : [path];
  })
  .filter((path) => path.endsWith('.md'));
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
const help = execFileSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), '--help'], {
  encoding: 'utf8',
});
const commands = [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z][\w-]*)/gm)].map(
  ([, name]) => name,
);
const known = { npm: [...scripts, 'start', 'test'], grokscope: commands };

/**
 * What is wrong with a link, or undefined.
 * @param {string} document
 * @param {string} target
 */
function brokenLink(document, target) {
  if (/^[a-z][a-z+.-]*:/i.test(target) || target.startsWith('//')) return undefined;
  const [path, anchor] = decodeURIComponent(target).split('#');
  const file = path === '' ? document : resolve(dirname(document), path);
  if (!existsSync(file)) return `the link ${target} leads to no file`;
  if (!anchor || !file.endsWith('.md')) return undefined;
  return anchorsOf(readFileSync(file, 'utf8')).has(anchor)
    ? undefined
    : `no heading of ${path || 'this file'} is #${anchor}`;
}

/** @type {string[]} */
const problems = [];
let links = 0;
for (const document of documents) {
  const text = readFileSync(document, 'utf8');
  const name = relative(root, document);
  for (const { target, line } of linksOf(text)) {
    links += 1;
    const problem = brokenLink(document, target);
    if (problem) problems.push(`${name}:${line}: ${problem}`);
  }
  if (name === 'CHANGELOG.md') continue; // tells of what was, too
  for (const { tool, name: command, line } of commandsOf(text)) {
    if (!known[tool].includes(command)) problems.push(`${name}:${line}: ${tool} has no command ${command}`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`Checked ${links} links in ${documents.length} documents: ${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
