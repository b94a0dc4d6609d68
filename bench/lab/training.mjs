// One training in the page and by the command, in turns: how long each takes, and how many frames the page draws meanwhile.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../grokscope.mjs';
import { inFolder, usageOf } from '../process.mjs';
import { rounded } from '../statistics.mjs';
import { frameRate } from './frames.mjs';
import { nowIn, recordedIn } from './recorder.mjs';

/**
 * What is trained.
 * @typedef {object} LabWork
 * @property {string} title
 * @property {string} preset
 * @property {string[]} overrides
 */

/**
 * @typedef {object} InPage
 * @property {number} first_picture_ms since the navigation
 * @property {number} steps
 * @property {number} seconds from Play to the end of the run
 * @property {number | undefined} grokked_seconds from Play until the page says that it has grokked
 * @property {string} computed_on as the page says it
 * @property {import('./frames.mjs').FrameRate} frames between Play and the end
 */

/**
 * Opens the lab as at a first visit, presses Play and waits for the end.
 * @param {import('./served.mjs').ServedLab} lab
 * @param {LabWork} work
 * @returns {Promise<InPage>}
 */
export async function trainInPage(lab, { preset, overrides }) {
  const set = overrides.map((override) => `&set=${override}`).join('');
  const page = await lab.open(`preset=${preset}${set}`);
  try {
    await page.waitForFunction(() => Reflect.get(globalThis, 'recorded')?.firstPicture !== undefined);
    // What is still being loaded and drawn for the first time is no part of the training.
    await page.waitForTimeout(1000);
    const begun = await nowIn(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const said = page.getByText(/Grokked at step/).first();
    const grokked = said.waitFor({ state: 'attached' }).then(
      () => nowIn(page),
      () => undefined,
    );
    await page.locator('#weights').waitFor({ state: 'attached' });
    const ended = await nowIn(page);
    const hasGrokked = (await said.count()) > 0 ? await grokked : undefined;
    const recorded = await recordedIn(page);
    const steps = (await page.getByText(/^Finished at step/).textContent())?.replace(/\D/g, '');
    const computed = await page.locator('dt:has-text("Computed on") + dd').textContent();
    return {
      first_picture_ms: rounded(recorded.firstPicture ?? Number.NaN, 0),
      steps: Number(steps),
      seconds: rounded((ended - begun) / 1000, 3),
      grokked_seconds: hasGrokked && rounded((hasGrokked - begun) / 1000, 3),
      computed_on: computed?.split('.')[0] ?? '',
      frames: frameRate(recorded, begun, ended),
    };
  } finally {
    await page.context().close();
  }
}

/**
 * The same by the command, on the threads it chooses: from the shell to the end, and its loop alone.
 * @param {LabWork} work
 */
export function trainByCommand({ preset, overrides }) {
  return inFolder(async (folder) => {
    const run = join(folder, preset);
    const { wall_ms } = await usageOf(command, ['train', '--config', preset, '--run', run, ...overrides]);
    const { last_step, elapsed_seconds } = readRun(run);
    return { steps: last_step, seconds: rounded(wall_ms / 1000, 3), training_seconds: elapsed_seconds };
  });
}

/** @param {string} run @returns {{ last_step: number, elapsed_seconds: number }} */
function readRun(run) {
  const { last_step } = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
  const [, seconds] =
    readFileSync(join(run, 'timing.csv'), 'utf8').trim().split('\n').at(-1)?.split(',') ?? [];
  return { last_step, elapsed_seconds: Number(seconds) };
}
