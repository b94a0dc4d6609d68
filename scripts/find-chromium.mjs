// Where this machine's Chromium (or Chrome) is; on Debian and Ubuntu installs the distribution's package when there is none.

import { installedProgram, installFromApt, windowsPlaces } from './system-program.mjs';

const chromium = {
  variables: ['CHROME_PATH', 'CHROMIUM_PATH'],
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: {
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    win32: ['Google\\Chrome', 'Chromium'].flatMap((vendor) =>
      windowsPlaces(vendor, 'Application', 'chrome.exe'),
    ),
  },
};

/**
 * The path of a Chromium that is installed, or undefined. CHROME_PATH and CHROMIUM_PATH win.
 * @returns {string | undefined}
 * @throws {Error} when CHROME_PATH or CHROMIUM_PATH names no program
 */
export function installedChromium() {
  return installedProgram(chromium);
}

/**
 * The path of a Chromium, installed now if need be.
 * @returns {string}
 * @throws {Error} with what to do when there is none and none can be installed
 */
export function ensureChromium() {
  const path =
    installedChromium() ??
    (installFromApt('chromium', /\b(debian|ubuntu)\b/) ? installedChromium() : undefined);
  if (path !== undefined) return path;
  throw new Error('No Chromium or Chrome was found: install one, or set CHROME_PATH to its program.');
}
