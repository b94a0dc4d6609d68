import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everySteps, simulatedRun } from '../figures/simulated-run.ts';
import { type OpenPage, openPage } from './harness.ts';
import type { WrittenRun } from './page/panels.tsx';

const p = 23;
const steps = everySteps(20, 2000);
const base64 = (values: ArrayBufferView) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** A run made up of smooth curves; its embedding turns from a line into a circle of frequency 3, its answers come right one by one. */
function writtenRun(): WrittenRun {
  const { name, rows: withoutNorm } = simulatedRun({
    name: 'made-up',
    steps,
    memorized: 200,
    grokked: 1200,
    spectral: true,
  });
  const rows = withoutNorm.map((row) => ({
    ...row,
    values: { ...row.values, weight_norm: 50 - row.step / 100, embedding_circle_fit: row.step / 2000 },
  }));
  const pairs = Array.from({ length: p * p }, (_, i) => i);
  const moments = steps.map((step) => {
    const share = step / 2000;
    const circle = Float32Array.from({ length: 2 * p }, (_, i) => {
      const angle = (2 * Math.PI * 3 * (i >> 1)) / p;
      return i % 2 === 0 ? Math.cos(angle) : share * Math.sin(angle);
    });
    const power = Float64Array.from(pairs, (i) => (i % (p + 1) === 0 ? 1 : 1 - share));
    return {
      step,
      predictions: base64(Uint8Array.from(pairs, (i) => (i / (p * p) < share ? 1 : 0))),
      embeddings: [{ name: 'W_E', rows: p, columns: 2, values: base64(circle) }],
      spectrum: { shape: [p, p], power: base64(power) },
      neurons: {
        order: p,
        width: 8,
        frequency: base64(Uint16Array.from([3, 3, 3, 5, 5, 9, 9, 11])),
        share: base64(Float32Array.from({ length: 8 }, (_, i) => share * (1 - i / 16))),
      },
    };
  });
  return {
    name,
    rows,
    moments,
    experiment: {
      task: 'modular',
      dataset: { op: 'add' },
      milestones: { memorize_threshold: 0.99 },
    } as WrittenRun['experiment'],
    milestones: {
      memorized_step: 260,
      first_crossing_step: 1240,
      grokked_step: 1240,
      delay: 980,
      memorized_censored: false,
      grokked_censored: false,
      unconfirmed_step: null,
      last_step: 2000,
    },
    examples: {
      size: p * p,
      vocabulary: p,
      classes: p,
      answers: 1,
      structure: 'cyclic',
      tokens: [
        base64(Int32Array.from(pairs, (i) => Math.floor(i / p))),
        base64(Int32Array.from(pairs, (i) => i % p)),
      ],
      labels: base64(Int32Array.from(pairs, (i) => (Math.floor(i / p) + i) % p)),
      isTrain: base64(Uint8Array.from(pairs, (i) => i % 2)),
    },
  };
}

let opened: OpenPage;
beforeAll(async () => {
  opened = await openPage('page/panels.html');
  await opened.page.setViewportSize({ width: 1200, height: 900 });
  await opened.page.evaluate((run) => window.controls.show(run), writtenRun());
  // Those out of view are drawn in their turn.
  await opened.page.waitForFunction(() =>
    [...document.querySelectorAll('.panel')].every(
      (panel) =>
        panel.querySelector('.refusal') !== null ||
        panel.querySelector('.what-you-see')?.textContent?.startsWith('At step 2,000'),
    ),
  );
});
afterAll(() => opened?.close());

const slider = () => opened.page.getByRole('slider', { name: 'Step shown, on the chart of accuracy' });
const sentence = (panel: string) =>
  opened.page.locator(`section[aria-labelledby="panel-${panel}"] .what-you-see`).textContent();
const shown = () => opened.page.evaluate(() => window.controls.shown());

test('every panel shows its picture and says in one sentence what is to be seen', async () => {
  const sentences = await opened.page.locator('.what-you-see').allTextContents();
  expect(sentences).toHaveLength(16);
  for (const words of sentences) expect(words).toMatch(/^At step 2,000 .*[^.]\.$/);
  // The measures that only settings ask for.
  const refusals = await opened.page.locator('.refusal').allTextContents();
  expect(refusals).toHaveLength(4);
  for (const words of refusals) expect(words).toContain('switch it on under “measures”');
  expect(await opened.page.locator('.time-plot canvas').count()).toBe(9);
  expect(await opened.page.locator('.drawn-figure svg[role="img"]').count()).toBe(6);
});

test('measures stand beside their nulls, in the legend and as numbers', async () => {
  const legend = await opened.page
    .locator('section[aria-labelledby="panel-diagonal-share"] .legend')
    .textContent();
  // 1/(23 + 1), and the share at step 0.
  expect(legend).toMatch(/noise4\.2%untrained1%/);
  expect(await sentence('circle-fit')).toMatch(/R² = 1 .*\(untrained: 0\), where noise has about 0\.08\./);
  expect(await sentence('neurons')).toContain(
    'there are 5 neurons, of the 8, with three quarters of their power in one frequency (2 different ones); the median share is 81.3% (untrained: 0%)',
  );
  expect(await sentence('principal-components')).toMatch(/hold 100% of the variance of W_E and 100%/);
});

test('the keyboard moves one cursor, and all panels show that step', async () => {
  await slider().focus();
  await opened.page.keyboard.press('ArrowLeft');
  expect(await slider().getAttribute('aria-valuetext')).toBe('step 1,980');
  await opened.page.keyboard.press('Home');
  expect(await shown()).toBe(0);
  // Panels out of view follow one a frame.
  await expect
    .poll(() => sentence('predictions'))
    .toContain('0 of 264 (0%) train pairs and 0 of 265 (0%) held-out pairs');
  for (const panel of ['loss', 'phases', 'embedding', 'spectrum-map', 'norm-and-loss']) {
    await expect.poll(() => sentence(panel)).toMatch(/At step 0 /);
  }
  await opened.page.keyboard.press('PageUp');
  expect(await shown()).toBe(200);
  await opened.page.keyboard.press('End');
  expect(await shown()).toBe(2000);
  await expect.poll(() => sentence('embedding')).toContain('k = 3, holds 100% of the power');
});

test('a drag moves the cursor to the evaluation under the pointer, and zooming changes what that is', async () => {
  await opened.page.evaluate(() => {
    window.controls.logTime.value = false;
  });
  const plot = opened.page.locator('section[aria-labelledby="panel-accuracy"] .u-over');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('internal: the plot is not on the page');
  const at = async (share: number) => {
    await opened.page.mouse.move(box.x + box.width / 2, box.y + 50);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + share * box.width, box.y + 60, { steps: 4 });
    await opened.page.mouse.up();
    return shown();
  };
  expect(await at(0.25)).toBe(500);
  expect(await at(1)).toBe(2000);
  expect(await at(0.5)).toBe(1000);
  for (let i = 0; i < 3; i++) await opened.page.keyboard.press('+');
  // Three times 1.6: the view is 1000 ± 244.
  expect(await at(0.75)).toBe(1120);
  await opened.page.keyboard.press('0');
  expect(await at(0.25)).toBe(500);
});

test('the picture of pairs has the colours of the palette and answers to the pointer', async () => {
  const map = opened.page.locator('section[aria-labelledby="panel-predictions"] canvas');
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (box === null) throw new Error('internal: the map is not on the page');
  await opened.page.mouse.move(box.x + (2.5 / p) * box.width, box.y + (1 - 4.5 / p) * box.height);
  // (2, 4) is example 50, which is held out; at step 500 the first quarter of all pairs is right.
  expect(await opened.page.locator('.pointed').textContent()).toBe('(2, 4) → 6: held out, right');
  const pixel = await map.evaluate((canvas: HTMLCanvasElement) => [
    ...(canvas.getContext('2d')?.getImageData(2, canvas.height - 1 - 4, 1, 1).data ?? []),
  ]);
  expect(pixel).toEqual([0xba, 0x49, 0x07, 255]);
});

test('numbers and pictures can be taken away as files, of the step that is shown', async () => {
  const taken = async (button: string) => {
    const [download] = await Promise.all([
      opened.page.waitForEvent('download'),
      opened.page.getByRole('button', { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  };
  const csv = await taken('Save the numbers of Accuracy as CSV');
  expect(csv.name).toBe('made-up-accuracy.csv');
  const lines = csv.content.toString().trim().split('\n');
  expect(lines[0]).toBe('step,accuracy (train),accuracy (held-out)');
  expect(lines).toHaveLength(1 + steps.length);
  const strip = await taken('Save the picture of Phases as SVG');
  expect(strip.name).toBe('made-up-phases-step500.svg');
  expect(strip.content.toString()).toMatch(/^<svg [\s\S]*circuit formation[\s\S]*<\/svg>/);
  const chart = await taken('Save the picture of Share of the answer’s functions as PNG');
  expect(chart.name).toBe('made-up-diagonal-share.png');
  expect(chart.content.subarray(1, 4).toString()).toBe('PNG');
  // Twice as many pixels as the figure is wide.
  expect(chart.content.readUInt32BE(16)).toBe(1440);
  const map = await taken('Save the picture of All pairs and the answers as PNG');
  expect(map.name).toBe('made-up-predictions-step500.png');
  expect(map.content.subarray(1, 4).toString()).toBe('PNG');
});

test('on a phone, on dark paper and while the run goes on nothing overflows, and a page with a strict policy logs nothing', async () => {
  await opened.page.setViewportSize({ width: 360, height: 800 });
  await opened.page.evaluate(() => {
    window.controls.setPaper('dark');
    window.controls.logTime.value = true;
    window.controls.cursor.value = undefined;
    window.controls.append([
      { step: 2020, split: 'train', values: { loss: 0, accuracy: 1, weight_norm: 20 } },
      { step: 2020, split: 'val', values: { loss: Number.NaN, accuracy: 0.5 } },
    ]);
  });
  await opened.page.waitForFunction(() => window.controls.shown() === 2020);
  await expect
    .poll(() => sentence('accuracy'))
    .toContain('At step 2,020 the network gets 100% of the train answers and 50%');
  expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(opened.problems).toEqual([]);
});
