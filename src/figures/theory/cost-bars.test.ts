import { expect, test } from 'vitest';
import { isBalanced } from '../../../test/figures/well-formed.ts';
import type { Cost } from '../../theory/cost/run-cost.ts';
import { palette, withTheme } from '../palette.ts';
import { type CostedTraining, costBars, MOST_COST_BARS } from './cost-bars.ts';

const cost = (steps: number): Cost => ({ steps, flops: steps * 2e9, seconds: steps / 4, joules: steps * 5 });

function training(name: string, memorized: number | null, grokked: number | null, whole: number) {
  const stop = (steps: number) => ({ cost: cost(steps) });
  const seen = (steps: number | null) => (steps === null ? null : cost(steps));
  return {
    name,
    memorized: seen(memorized),
    grokked: seen(grokked),
    whole: cost(whole),
    stopping: [
      { on: 'loss', stop: stop(whole / 4) },
      { on: 'accuracy', stop: null },
    ],
  } satisfies CostedTraining;
}

const WIDTH = 728;
const drawn = (runs: readonly CostedTraining[], width = WIDTH) => costBars(runs, { width }) as string;

/** Ends of bars and tips of triangles, below the legend, as shares of the axis. */
function places(svg: string) {
  const share = (x: number) => Number(((x - 14) / (WIDTH - 28)).toFixed(4));
  const body = svg.slice(svg.indexOf('>grokked after'));
  const bars = [...body.matchAll(/<rect x="([\d.]+)"[^>]*? width="([\d.]+)"[^>]*?class="fill-(\w+)"/g)];
  const tips = [...body.matchAll(/d="M([\d.]+),[\d.]+L[^"]*Z" class="fill-val"/g)];
  return {
    bars: bars.map(([, x, width, color]) => [color, share(Number(x)), share(Number(x) + Number(width))]),
    tips: tips.map(([, x]) => share(Number(x))),
  };
}

test('parts of a bar and the mark of early stopping stand at their shares of the dearest run', () => {
  const svg = drawn([training('a', 20, 60, 80), training('b', 10, 30, 40)]);
  const { bars, tips } = places(svg);
  expect(bars).toEqual([
    ['memorized', 0, 0.25],
    ['grokked', 0.25, 0.75],
    ['axis', 0.75, 1],
    ['memorized', 0, 0.125],
    ['grokked', 0.125, 0.375],
    ['axis', 0.375, 0.5],
  ]);
  expect(tips).toEqual([0.25, 0.125]);
  expect(svg).toContain('grokked after 60 steps: 120 GFLOP, 300 J');
});

test('what did not happen is an outline; who groks before memorising has not waited', () => {
  const never = drawn([training('a', 20, null, 80), training('b', null, null, 40)]);
  expect(never).toContain('memorised, never grokked');
  expect(never).toContain('never memorised');
  expect(never).not.toContain('fill-grokked');
  expect(never).toContain('not grokked after 80 steps: 160 GFLOP, 400 J');
  expect(places(drawn([training('a', 60, 20, 80)])).bars).toEqual([
    ['memorized', 0, 0.25],
    ['axis', 0.25, 1],
  ]);
});

test('of many runs the first ones are drawn, and it says so', () => {
  const many = Array.from({ length: MOST_COST_BARS + 3 }, (_, i) =>
    training(`trials/arm/seed-${i}`, 2, 3, 4),
  );
  const svg = drawn(many);
  expect(svg).toContain(`The first ${MOST_COST_BARS} of ${MOST_COST_BARS + 3} runs`);
  expect(svg).toContain('>seed-29<');
  expect(svg).not.toContain('>seed-30<');
  expect(costBars([])).toBeNull();
});

test('it is well formed with every colour on light and dark paper, on a phone too', () => {
  for (const width of [720, 320]) {
    const svg = drawn([training('a', 20, 60, 80), training('b', 0, null, 0)], width);
    expect(isBalanced(svg)).toBe(true);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    for (const paper of ['light', 'dark'] as const) {
      const literal = withTheme(svg, paper);
      expect(literal).not.toContain('var(--gs-');
      expect(literal).toContain(palette[paper].grokked);
    }
  }
});
