// Programs of this machine that the tests need: where they are, and Debian's package of them where there is none.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where a program is installed, or undefined.
 * @param {object} program
 * @param {readonly string[]} program.variables of the environment; one that is set wins
 * @param {readonly string[]} program.names to look for on PATH
 * @param {Partial<Record<NodeJS.Platform, readonly string[]>>} program.places where systems keep it that have it on no PATH
 * @returns {string | undefined}
 * @throws {Error} when a variable is set and names no program
 */
export function installedProgram({ variables, names, places }) {
  for (const variable of variables) {
    const path = process.env[variable];
    if (!path) continue;
    if (isProgram(path)) return path;
    throw new Error(`${variable} is ${path}, which is no program: correct it or unset it.`);
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...(places[process.platform] ?? [])].find(isProgram);
}

/**
 * The folders in which Windows has programs.
 * @param {readonly string[]} below path of the program in one of them
 */
export function windowsPlaces(...below) {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
    join(process.env[variable] ?? 'C:\\', ...below),
  );
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * True when apt installed the package; false where that is impossible or failed. apt's output goes to standard error.
 * @param {string} name of the package
 * @param {RegExp} systems whose package is wanted, as they call themselves in /etc/os-release
 */
export function installFromApt(name, systems) {
  if (!existsSync('/etc/os-release') || !systems.test(readFileSync('/etc/os-release', 'utf8'))) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  console.error(`Installing the package ${name} of this system, which the tests need.`);
  const commands = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', name],
  ];
  return commands.every((command) => {
    const [program, ...parameters] = isRoot ? command : ['sudo', '-n', ...command];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(String(program), parameters, { stdio: ['ignore', 2, 2], env }).status === 0;
  });
}
