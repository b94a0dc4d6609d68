import { expect, test, vi } from 'vitest';
import { everySteps, simulatedRun } from '../../test/figures/simulated-run.ts';
import { accuracyCurves } from './accuracy-curves.ts';
import { svgToPng } from './png.ts';

const svg =
  accuracyCurves(simulatedRun({ name: 'R1', steps: everySteps(1, 100), memorized: 12, grokked: 48 })) ?? '';

/** Width and height from the IHDR chunk (PNG 1.2, §11.2.2). */
function size(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a figure becomes a PNG of its size times the scale', async () => {
  const png = await svgToPng(svg, { scale: 1.5 });
  expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(size(png)[0]).toBe(1080);
});

test('its text is there, and its colours follow the theme', async () => {
  const png = await svgToPng(svg);
  expect(png.length).toBeGreaterThan((await svgToPng(svg.replace(/<text.*?<\/text>/g, ''))).length + 1000);
  expect(await svgToPng(svg, { theme: 'dark' })).not.toEqual(png);
});

test('a scale that is not above 0 is refused', async () => {
  await expect(svgToPng(svg, { scale: 0 })).rejects.toThrow(/scale must be a number above 0, got 0/);
});

test('without the optional package the error says what to install', async () => {
  vi.doMock('@resvg/resvg-js', () => {
    throw new Error('not installed');
  });
  await expect(svgToPng(svg)).rejects.toThrow(/npm install @resvg\/resvg-js/);
  vi.doUnmock('@resvg/resvg-js');
});
