// What the comparisons need and the project does not: PyTorch and JAX from pip, jax-js and TensorFlow.js and other versions of
// Node from npm, each installed into .cache/bench the first time. What cannot be had is said in one sentence and left out.

import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../scripts/run.mjs';

const exec = promisify(execFile);
const cache = join(root, '.cache', 'bench');
const here = fileURLToPath(new URL('.', import.meta.url));
const isWindows = process.platform === 'win32';
/** What is printed of a failed installation. */
const SHOWN = 300;

/** The path of what was asked for, or why there is none.
 * @typedef {{ path: string } | { missing: string }} Found
 */

/** @type {Map<string, Promise<Found>>} */
const known = new Map();

/**
 * Looks once for each name.
 * @param {string} name
 * @param {() => Promise<string>} find
 * @returns {Promise<Found>}
 */
function once(name, find) {
  const found =
    known.get(name) ??
    find().then(
      (path) => ({ path }),
      (error) => ({ missing: `${name} is left out: ${reasonOf(error)}` }),
    );
  known.set(name, found);
  return found;
}

/** @param {unknown} error */
function reasonOf(error) {
  const { stderr, message } = /** @type {{ stderr?: string, message: string }} */ (error);
  const lines = (stderr || message).trim().split('\n');
  return (lines[lines.length - 1] ?? '').slice(0, SHOWN);
}

/**
 * A Python with the packages of python/requirements.txt, in a virtual environment of its own. On Linux and Windows the
 * build of PyTorch without CUDA is taken: first where pip looks by itself, then in PyTorch's own index.
 */
export function python() {
  return once('Python with PyTorch and JAX', async () => {
    const folder = join(cache, 'python');
    const program = join(folder, isWindows ? 'Scripts/python.exe' : 'bin/python');
    const requirements = join(here, 'python', 'requirements.txt');
    const installed = join(folder, 'requirements.txt');
    if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(requirements, 'utf8'))
      return program;
    const systemPython = await firstThatRuns(['python3', 'python'], ['-c', 'import venv, ensurepip']);
    console.log('Installing PyTorch and JAX into .cache/bench/python: a few minutes, the first time only.');
    await exec(systemPython, ['-m', 'venv', folder]);
    const pip = (/** @type {string[]} */ ...words) =>
      exec(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...words]);
    const [torch, ...others] = readFileSync(requirements, 'utf8').trim().split('\n');
    const fromIndex = () => pip(torch, '--extra-index-url', 'https://download.pytorch.org/whl/cpu');
    if (process.platform === 'darwin') await pip(torch);
    else await pip(`${torch}+cpu`).catch(fromIndex);
    await pip(...others);
    copyFileSync(requirements, installed);
    return program;
  });
}

/** The folder whose node_modules has the packages of node/package.json. */
export function nodePeers() {
  return once('jax-js and TensorFlow.js', async () => {
    const folder = join(cache, 'node');
    const manifest = join(here, 'node', 'package.json');
    const copy = join(folder, 'package.json');
    const isInstalled =
      existsSync(join(folder, 'node_modules')) &&
      readFileSync(copy, 'utf8') === readFileSync(manifest, 'utf8');
    if (!isInstalled) {
      mkdirSync(folder, { recursive: true });
      copyFileSync(manifest, copy);
      await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder], folder);
    }
    return folder;
  });
}

/**
 * A Node of this major version: the running one, or npm's package.
 * @param {20 | 24} major
 */
export function node(major) {
  return once(`Node ${major}`, async () => {
    if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
    const folder = join(cache, `node${major}`);
    const program = join(folder, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
    if (!existsSync(program)) {
      mkdirSync(folder, { recursive: true });
      await npm(['install', '--no-audit', '--no-fund', '--prefix', folder, `node@${major}`], folder);
    }
    await exec(program, ['--version']);
    return program;
  });
}

/**
 * @param {string[]} words
 * @param {string} cwd
 */
function npm(words, cwd) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return exec(process.execPath, [own, ...words], { cwd });
  return exec('npm', words, { cwd, shell: isWindows });
}

/**
 * @param {string[]} programs
 * @param {string[]} words
 */
async function firstThatRuns(programs, words) {
  for (const program of programs) {
    const works = await exec(program, words).then(
      () => true,
      () => false,
    );
    if (works) return program;
  }
  throw new Error(`no ${programs.join(' or ')} with the module venv was found; install Python 3.10 or newer`);
}
