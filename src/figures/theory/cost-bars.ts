/** What runs cost: a bar of FLOPs for each, up to memorised, on to grokked and to its end, and where early stopping would have cut it. */

import type { Cost } from '../../theory/cost/run-cost.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { siLabel, stepLabel } from '../number-labels.ts';
import type { Meaning } from '../palette.ts';
import { coordinate, element, figure, line, text } from '../svg.ts';
import { fitted, textWidth } from '../text-width.ts';
import { paragraph } from '../wrapped-text.ts';
import { drawHorizontalAxis, HORIZONTAL_AXIS_HEIGHT, horizontalAxis } from './horizontal-axis.ts';

/** A run with its costs up to what happened in it; null where that was not seen. */
export interface CostedTraining {
  readonly name: string;
  readonly memorized: Cost | null;
  readonly grokked: Cost | null;
  readonly whole: Cost;
  /** Null where the rule never would have ended it. */
  readonly stopping: readonly {
    readonly on: 'loss' | 'accuracy';
    readonly stop: { readonly cost: Cost } | null;
  }[];
}

/** More bars than this are a wall; the table has them all. */
export const MOST_COST_BARS = 30;

const TITLE = 'What the wait costs';
const NARROW = 480;
const ROW = 43;
/** From the top of a row. */
const BAR_AT = 23;
const BAR_HEIGHT = 9;
const TRIANGLE = 6;

interface Look {
  readonly words: string;
  readonly color: Meaning;
  /** Only its outline: what it was for did not happen. */
  readonly hollow?: boolean;
}

const looks = {
  memorising: { words: 'until memorised', color: 'memorized' },
  waiting: { words: 'from there until grokked', color: 'grokked' },
  after: { words: 'after it', color: 'axis' },
  neverMemorized: { words: 'never memorised', color: 'memorized', hollow: true },
  neverGrokked: { words: 'memorised, never grokked', color: 'grokked', hollow: true },
} as const satisfies Record<string, Look>;
type Part = readonly [look: keyof typeof looks, from: number, to: number];

/** The parts of a bar in FLOPs, from left to right. */
function partsOf({ memorized, grokked, whole }: CostedTraining): Part[] {
  const end = grokked?.flops ?? whole.flops;
  // A run may grok before its last train example is right, and then has not waited.
  const learnt = Math.min(memorized?.flops ?? end, end);
  const parts: Part[] = [
    [memorized === null && grokked === null ? 'neverMemorized' : 'memorising', 0, learnt],
    [grokked === null ? 'neverGrokked' : 'waiting', learnt, end],
    ['after', end, whole.flops],
  ];
  return parts.filter(([, from, to]) => to > from);
}

/** Draws at most `MOST_COST_BARS` runs, the first ones, from top to bottom as given; null without runs. */
export function costBars(
  runs: readonly CostedTraining[],
  options: Omit<FigureOptions, 'xscale'> = {},
): string | null {
  if (runs.length === 0) return null;
  const { theme = 'auto' } = options;
  const width = figureWidth(options);
  const shown = runs.slice(0, MOST_COST_BARS);
  const rows = shown.map((run) => ({ run, parts: partsOf(run) }));
  const names = withoutSharedFolders(shown.map(({ name }) => name));

  const explanation =
    'Triangles: where early stopping on validation would have ended training; without one, it never would have.' +
    (runs.length > shown.length
      ? ` The first ${shown.length} of ${runs.length} runs; the table and cost.csv have all.`
      : '');
  const subtitle = paragraph(EDGE, 48, explanation, width - 2 * EDGE, { color: 'muted' });
  const legend = drawLegend(rows, 48 + subtitle.height + 6, width - EDGE);
  const top = 48 + subtitle.height + legend.height + 4;
  const bottom = top + rows.length * ROW + 4;
  const [left, right] = [EDGE, width - EDGE];
  const most = Math.max(...shown.map(({ whole }) => whole.flops));
  const high = most > 0 ? most : 1;
  const axis = horizontalAxis({ scale: 'linear', low: 0, high, format: siLabel }, left, right);

  return figure(
    { width, height: bottom + HORIZONTAL_AXIS_HEIGHT, theme, title: TITLE, description: described(shown) },
    drawTitle(TITLE, width),
    ...subtitle.parts,
    ...legend.parts,
    ...rows.flatMap(({ run, parts }, i) => {
      const y = top + i * ROW;
      const cost = costWords(run, width < NARROW);
      const room = right - left - textWidth(cost, 11) - 12;
      const grid = axis.ticks.filter(({ label }) => label !== undefined);
      return [
        // Not behind the words.
        ...grid.map(({ at }) => line(at, y + BAR_AT - 5, at, y + ROW, { color: 'grid' })),
        text(left, y + 13, fitted(names[i], room, 12)),
        text(right, y + 13, cost, { color: 'muted', size: 11, anchor: 'end' }),
        ...parts.map(([look, from, to]) =>
          drawPart(looks[look], axis.position(from), axis.position(to), y + BAR_AT),
        ),
        ...run.stopping.flatMap(({ on, stop }) =>
          stop === null ? [] : drawStop(on, axis.position(stop.cost.flops), y + BAR_AT),
        ),
      ];
    }),
    ...drawHorizontalAxis(axis, left, right, bottom, 'FLOP of training steps'),
  );
}

function drawPart({ color, hollow }: Look, from: number, to: number, y: number): string {
  if (!hollow)
    return element('rect', { x: from, y, width: to - from, height: BAR_HEIGHT, class: `fill-${color}` });
  const inside = { x: from + 0.75, y: y + 0.75, width: Math.max(0, to - from - 1.5) };
  const outline = { class: `stroke-${color}`, 'stroke-width': 1.5, 'stroke-dasharray': '4 3' };
  return element('rect', { ...inside, height: BAR_HEIGHT - 1.5, ...outline });
}

/** A triangle with its tip on the bar: from above for loss, from below for accuracy, so that both can be seen at one step. */
function drawStop(on: 'loss' | 'accuracy', x: number, y: number): string {
  const [tip, base] = on === 'loss' ? [y, y - TRIANGLE] : [y + BAR_HEIGHT, y + BAR_HEIGHT + TRIANGLE];
  const [back, ahead] = [x - TRIANGLE / 1.5, x + TRIANGLE / 1.5].map(coordinate);
  const d = `M${coordinate(x)},${coordinate(tip)}L${back},${coordinate(base)}L${ahead},${coordinate(base)}Z`;
  return element('path', { d, class: 'fill-val' });
}

/** `grokked after 38 steps: 52.7 GFLOP, 229 J`. */
function costWords({ grokked, whole }: CostedTraining, narrow: boolean): string {
  const { steps, flops, joules } = grokked ?? whole;
  const cost = `${amount(flops)}FLOP${joules === null ? '' : `, ${amount(joules)}J`}`;
  const did = grokked === null ? 'not grokked' : 'grokked';
  return narrow ? `${did}: ${cost}` : `${did} after ${stepLabel(steps)} steps: ${cost}`;
}

/** Three digits and a prefix that a unit can follow. */
function amount(value: number): string {
  return siLabel(Number(value.toPrecision(3))).replace(/(?=[A-Z]$|k$)|(?<=\d)$/, ' ');
}

function described(runs: readonly CostedTraining[]): string {
  return runs
    .map((run) => {
      const stops = run.stopping.flatMap(({ on, stop }) =>
        stop === null ? [] : [`early stopping on ${on} at step ${stepLabel(stop.cost.steps)}`],
      );
      const memorized =
        run.memorized === null ? 'not memorised' : `memorised after ${stepLabel(run.memorized.steps)} steps`;
      return `${run.name}: ${[memorized, costWords(run, false), ...stops].join('; ')}.`;
    })
    .join(' ');
}

/** Runs of one trial are told apart by the ends of their paths. */
function withoutSharedFolders(names: readonly string[]): string[] {
  const folders = names.map((name) => name.split('/'));
  const [first] = folders;
  const most = Math.min(...folders.map(({ length }) => length - 1));
  let shared = 0;
  while (shared < most && folders.every((parts) => parts[shared] === first[shared])) shared++;
  return names.length === 1 ? [...names] : folders.map((parts) => parts.slice(shared).join('/'));
}

function drawLegend(
  rows: readonly { readonly run: CostedTraining; readonly parts: readonly Part[] }[],
  y: number,
  right: number,
): { parts: string[]; height: number } {
  const kinds = (Object.keys(looks) as (keyof typeof looks)[]).filter((kind) =>
    rows.some(({ parts }) => parts.some(([look]) => look === kind)),
  );
  const stops = (['loss', 'accuracy'] as const).filter((on) =>
    rows.some(({ run }) => run.stopping.some((stopping) => stopping.on === on && stopping.stop !== null)),
  );
  const entries = [
    ...kinds.map((kind) => ({
      words: looks[kind].words,
      draw: (x: number, at: number) => drawPart(looks[kind], x, x + 14, at - 9),
    })),
    ...stops.map((on) => ({
      words: `early stop on ${on}`,
      draw: (x: number, at: number) =>
        drawStop(on, x + 7, on === 'loss' ? at - 2 : at - 2 - BAR_HEIGHT - TRIANGLE),
    })),
  ];
  let [x, row] = [EDGE, 0];
  const parts = entries.flatMap(({ words, draw }) => {
    const needed = 19 + textWidth(words, 12);
    if (x > EDGE && x + needed > right) [x, row] = [EDGE, row + 1];
    const at = x;
    x += needed + 14;
    return [draw(at, y + row * 18), text(at + 19, y + row * 18, words)];
  });
  return { parts, height: (row + 1) * 18 };
}
