// A finished run of 10⁵ evaluations in the page, its chart zoomed and moved to and fro with the mouse: frames a second.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../grokscope.mjs';
import { usageOf } from '../process.mjs';
import { frameRate } from './frames.mjs';
import { nowIn, recordedIn } from './recorder.mjs';

export const POINTS = 100_000;
const NAME = 'long';
/** Moves of the mouse, each followed by a frame at least. */
const MOVES = 180;

/** Writes a run of 10⁵ evaluations: one of a single step, with curves that are made up, jagged as real ones are. @param {string} runs */
export async function writeLongRun(runs) {
  await usageOf(command, ['train', '--config', 'r1', '--run', join(runs, NAME), 'train.total_steps=1']);
  let state = 1;
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['step,split,loss,accuracy,weight_norm'];
  for (let step = 0; step < POINTS; step++) {
    const share = step / POINTS;
    const norm = 20 + 30 * share;
    for (const [split, start] of /** @type {const} */ ([
      ['train', 0.02],
      ['val', 0.6],
    ])) {
      const accuracy = Math.min(1, Math.max(0, (share - start) * 5 + 0.1 * noise()));
      const loss = 4 * (1 - accuracy) + 0.001 + 0.3 * noise();
      lines.push(`${step},${split},${loss},${accuracy},${norm}`);
    }
  }
  writeFileSync(join(runs, NAME, 'metrics.csv'), `${lines.join('\n')}\n`);
}

/**
 * @param {import('./served.mjs').ServedLab} lab
 * @returns {Promise<import('./frames.mjs').FrameRate>}
 */
export async function panLongRun(lab) {
  const page = await lab.open(`run=${NAME}`);
  try {
    const chart = page.getByRole('slider', { name: 'Step shown, on the chart of accuracy' });
    await page.waitForFunction(
      (last) => document.querySelector('.time-plot')?.getAttribute('aria-valuemax') === String(last),
      POINTS - 1,
    );
    await chart.focus();
    // The middle half of the run: 50,000 evaluations are in view.
    await page.keyboard.press('Home');
    for (const key of ['+', '+']) await page.keyboard.press(key);
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart of the long run is not on the page');
    const [middle, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.waitForTimeout(500);
    await page.keyboard.down('Shift');
    await page.mouse.move(middle, y);
    await page.mouse.down();
    const begun = await nowIn(page);
    for (let move = 0; move < MOVES; move++) {
      await page.mouse.move(middle - 250 * Math.sin((4 * Math.PI * move) / MOVES), y);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const ended = await nowIn(page);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    return frameRate(await recordedIn(page), begun, ended);
  } finally {
    await page.context().close();
  }
}
