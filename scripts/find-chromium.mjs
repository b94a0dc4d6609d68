// Where this machine's Chromium (or Chrome) is; on Debian and Ubuntu installs the distribution's package when there is none.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
    ['Google\\Chrome', 'Chromium'].map((vendor) =>
      join(process.env[variable] ?? 'C:\\', vendor, 'Application', 'chrome.exe'),
    ),
  ),
};

/**
 * The path of a Chromium that is installed, or undefined. CHROME_PATH and CHROMIUM_PATH win.
 * @returns {string | undefined}
 * @throws {Error} when CHROME_PATH or CHROMIUM_PATH names no program
 */
export function installedChromium() {
  for (const variable of ['CHROME_PATH', 'CHROMIUM_PATH']) {
    const path = process.env[variable];
    if (!path) continue;
    if (isProgram(path)) return path;
    throw new Error(`${variable} is ${path}, which is no program: correct it or unset it.`);
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const known = process.platform === 'darwin' || process.platform === 'win32' ? places[process.platform] : [];
  return [...onPath, ...known].find(isProgram);
}

/**
 * The path of a Chromium, installed now if need be.
 * @returns {string}
 * @throws {Error} with what to do when there is none and none can be installed
 */
export function ensureChromium() {
  const path = installedChromium() ?? (installFromDebian() ? installedChromium() : undefined);
  if (path !== undefined) return path;
  throw new Error('No Chromium or Chrome was found: install one, or set CHROME_PATH to its program.');
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

/** True when apt installed the package; false where that is impossible or failed. apt's output goes to standard error. */
function installFromDebian() {
  if (
    !existsSync('/etc/os-release') ||
    !/\b(debian|ubuntu)\b/.test(readFileSync('/etc/os-release', 'utf8'))
  ) {
    return false;
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  console.error('No Chromium was found: installing the package chromium of this system.');
  const commands = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ];
  return commands.every((command) => {
    const [program, ...parameters] = isRoot ? command : ['sudo', '-n', ...command];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(program, parameters, { stdio: ['ignore', 2, 2], env }).status === 0;
  });
}
