import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import type { ArmSurvival } from '../../trials/analysis.ts';
import { kaplanMeier } from '../../trials/statistics/kaplan-meier.ts';
import { runsAtRisk, survivalCorners, survivalCurves } from './survival-curves.ts';
import type { ArmStyle } from './trial-report.ts';

/** Times with events, and times at which a run left, marked by a minus. */
function arm(name: string, ...times: number[]): ArmSurvival {
  const readings = times.map((time) => ({ value: Math.abs(time), observed: time > 0 }));
  return {
    endpoint: 'time to grok',
    arm: name,
    budget: 100,
    steps: kaplanMeier(readings, 0.05),
    censored: times.filter((time) => time < 0).map((time) => -time),
  };
}

const styles = new Map<string, ArmStyle>([
  ['slow', { color: 'arm1', dash: undefined }],
  ['fast', { color: 'arm2', dash: undefined }],
]);
const draw = (curves: ArmSurvival[], width = 860) =>
  survivalCurves(
    { title: 'Time to grok', waiting: 'Runs that have not grokked yet', curves, styles },
    { width },
  ) ?? '';

/** The corners of the curve of a colour, in px. */
function cornersOf(svg: string, color: string): [number, number][] {
  const [, d] = new RegExp(`<path d="([^"]+)" class="stroke-${color}" stroke-width="2"/>`).exec(svg) ?? [];
  return [...(d ?? '').matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

test('without arms there is no figure', () => {
  expect(survivalCurves({ title: '', waiting: '', curves: [], styles })).toBeNull();
});

test('a run is at risk until it has the event or leaves, counted at that very time too', () => {
  const times = [10, 20, -20, 30, -100];
  const curve = arm('slow', ...times);
  for (const time of [0, 5, 10, 11, 20, 21, 30, 31, 100, 101]) {
    expect(runsAtRisk(curve, time), `at ${time}`).toBe(times.filter((one) => Math.abs(one) >= time).length);
  }
});

test('a curve is flat up to each event, falls there, and goes on to the last run under watch', () => {
  const corners = survivalCorners(arm('slow', 10, 20, -100, -100));
  expect(corners.at(-1)).toEqual([100, 0.5]);
  expect(corners).toContainEqual([10, 1]);
  expect(corners).toContainEqual([10, 0.75]);
  for (const [i, [time, share]] of corners.slice(1).entries()) {
    const [before, shareBefore] = corners[i];
    expect(time === before || share === shareBefore).toBe(true);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(share).toBeLessThanOrEqual(shareBefore);
  }
});

test('heights are proportional to shares, and a faster arm lies to the left', () => {
  const svg = draw([arm('slow', 60, 80, -100, -100), arm('fast', 20, 40, 50, 60)]);
  const [slow, fast] = [cornersOf(svg, 'arm1'), cornersOf(svg, 'arm2')];
  const top = slow[0][1];
  const bottom = fast[fast.length - 1][1];
  expect(slow[slow.length - 1][1]).toBeCloseTo((top + bottom) / 2, 1);
  const firstFall = (corners: [number, number][]) => corners.find(([, y]) => y > top)?.[0] ?? Number.NaN;
  expect(firstFall(fast)).toBeLessThan(firstFall(slow));
});

test('censored runs have a tick on their curve; a curve without any has none', () => {
  const ticks = (svg: string, color: string) => [
    ...svg.matchAll(new RegExp(`d="M([\\d.]+),([\\d.]+)L\\1,([\\d.]+)" class="stroke-${color}"`, 'g')),
  ];
  const svg = draw([arm('slow', 60, -100, -100), arm('fast', 20, 40, 50)]);
  const [tick, ...more] = ticks(svg, 'arm1');
  expect(more).toEqual([]);
  const [endX, endY] = cornersOf(svg, 'arm1').at(-1) ?? [];
  expect(Number(tick[1])).toBeCloseTo(endX ?? 0, 1);
  expect((Number(tick[2]) + Number(tick[3])) / 2).toBeCloseTo(endY ?? 0, 1);
  expect(ticks(svg, 'arm2')).toEqual([]);
});

test.each([860, 340])('at %i px every arm is named below the axis, and markup is whole', (width) => {
  const svg = draw([arm('slow', 60, -100), arm('fast', 20, 40)], width);
  expect(isBalanced(svg)).toBe(true);
  const names = [...svg.matchAll(/<text x="14"[^>]*class="fill-arm\d"[^>]*>([^<]+)</g)].map(
    ([, name]) => name,
  );
  expect(names).toEqual(['slow', 'fast']);
});
