import { expect, test } from 'vitest';
import { textWidth } from '../../src/figures/text-width.ts';
import { isBalanced } from '../../test/figures/well-formed.ts';
import { phaseSentence, phaseStrip } from './phase-panel.ts';
import type { Phase } from './phases.ts';
import { timeScale } from './time-scale.ts';

const phases: Phase[] = [
  { name: 'memorising', from: 0, to: 100 },
  { name: 'waiting', from: 100, to: 400 },
  { name: 'circuit formation', from: 400, to: 1200 },
  { name: 'clean-up', from: 1200, to: 3000 },
];

function bars(svg: string): { x: number; width: number }[] {
  return [
    ...svg.matchAll(/<rect class="fill-(?!paper)\w+" x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="26"/g),
  ].map(([, x, width]) => ({ x: Number(x), width: Number(width) }));
}

test('bars join from edge to edge, on a linear axis as long as their phases', () => {
  const drawn = bars(phaseStrip(phases, 500, { scale: timeScale(false, 20), width: 1000 }));
  expect(drawn.map(({ width }) => width / drawn[0].width)).toEqual(
    [1, 3, 8, 18].map((n) => expect.closeTo(n, 2)),
  );
  for (const [i, { x }] of drawn.entries()) {
    if (i > 0) expect(x).toBeCloseTo(drawn[i - 1].x + drawn[i - 1].width, 1);
  }
});

test('every phase is named at every width, above its bar or in a legend', () => {
  for (const width of [240, 360, 720, 1400]) {
    for (const log of [true, false]) {
      const svg = phaseStrip(phases, 500, { scale: timeScale(log, 20), width });
      expect(isBalanced(svg)).toBe(true);
      const names = [...svg.matchAll(/<text[^>]*font-weight="600"[^>]*>([^<]+)<\/text>/g)].map(
        ([, name]) => name,
      );
      expect(names).toEqual(phases.map(({ name }) => name));
    }
  }
});

test('the sentence says the phase, since when, and what came before', () => {
  expect(phaseSentence(phases, 50)).toBe(
    'At step 50 the run is in the phase “memorising”, which began at step 0.',
  );
  expect(phaseSentence(phases, 1500)).toContain(
    '“clean-up”, which began at step 1,200, after 100 steps of memorising, 300 steps of waiting and 800 steps of circuit formation.',
  );
  expect(phaseSentence(phases, 150, { evaluations: 151, shares: 0 })).toContain('not measured here');
  expect(phaseSentence(phases, 150, { evaluations: 151, shares: 16 })).toContain(
    'known at 16 of 151 evaluations',
  );
  expect(phaseSentence(phases, 150, { evaluations: 151, shares: 150 })).not.toContain('share');
});

test('beside a longer run the strip keeps to the time axis of the charts', () => {
  const drawn = (end?: number) =>
    bars(phaseStrip(phases, 500, { scale: timeScale(false, 20), width: 1000, ...(end && { end }) }));
  const [alone, beside] = [drawn(), drawn(6000)];
  for (const [i, { width }] of beside.entries()) expect(width).toBeCloseTo(alone[i].width / 2, 1);
});

test('no label of the axis is cut off at the edge', () => {
  const ends = [1000, 1400, 3000, 20_000].map((to) => [{ name: 'memorising', from: 0, to } as const]);
  for (const one of ends) {
    const svg = phaseStrip(one, 0, { scale: timeScale(false, 20), width: 500 });
    const labels = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>([^<]+)</g)];
    expect(labels.length).toBeGreaterThan(2);
    for (const [, x, label] of labels) {
      expect(Number(x) + textWidth(label, 12) / 2).toBeLessThanOrEqual(500);
    }
  }
});
