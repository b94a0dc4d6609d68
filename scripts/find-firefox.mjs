// Where this machine's Firefox is; `npm test` installs Debian's package firefox-esr when there is none. Unlike Chromium it
// may be missing: the tests in it are skipped then, with the reason.

import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { installedProgram, installFromApt, windowsPlaces } from './system-program.mjs';

const firefox = {
  variables: ['FIREFOX_PATH'],
  names: ['firefox-esr', 'firefox'],
  places: {
    darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    win32: windowsPlaces('Mozilla Firefox', 'firefox.exe'),
  },
};

/** The oldest that the tests are known to pass in. */
const OLDEST = 140;

/** @typedef {{ path: string, missing?: undefined } | { path?: undefined, missing: string }} FoundFirefox */

/**
 * A Firefox that the tests can drive, or why there is none, in a sentence.
 * @param {{ install?: boolean }} [options] whether to install Debian's package where there is none
 * @returns {FoundFirefox}
 * @throws {Error} when FIREFOX_PATH names no program
 */
export function findFirefox({ install = false } = {}) {
  const path =
    installedProgram(firefox) ??
    (install && installFromApt('firefox-esr', /^ID=debian$/m) ? installedProgram(firefox) : undefined);
  if (path === undefined) {
    return {
      missing: 'No Firefox was found: install one, or set FIREFOX_PATH, to have the tests in it too.',
    };
  }
  if (isSnap(path)) {
    return { missing: `${path} is a snap, which cannot be driven: set FIREFOX_PATH to another Firefox.` };
  }
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 60_000 });
  const said = stdout?.split('\n')[0] ?? '';
  const version = Number(/Firefox (\d+)/.exec(said)?.[1] ?? Number.NaN);
  if (version >= OLDEST) return { path };
  return {
    missing: `${path} is no Firefox of version ${OLDEST} or newer (it says '${said}'): set FIREFOX_PATH to one.`,
  };
}

/** Ubuntu's Firefox, which sees neither the tests' profile nor their files. */
function isSnap(/** @type {string} */ path) {
  const file = realpathSync(path);
  if (/^\/snap\/|\/snap$/.test(file)) return true;
  return readFileSync(file).subarray(0, 2000).toString('latin1').includes('/snap/');
}
