/** A small chart of train and held-out accuracy over training steps, in characters for the terminal. */
import pc from 'picocolors';
import {
  type AccuracyCurves,
  type AccuracyPoint,
  findMilestones,
  type MilestoneOptions,
} from '../training/milestones.ts';
import { DotRaster } from './dot-raster.ts';
import { arrangeFlags, flagExtent } from './flags.ts';
import { percentLabel } from './number-labels.ts';
import type { Meaning } from './palette.ts';
import { milestoneMarks } from './run-figure.ts';
import { type StepScale, stepAxis } from './step-axis.ts';

/** How a chart is drawn in characters. */
export interface TerminalChartOptions extends MilestoneOptions {
  /** Of the whole chart, in characters; at least 32. Default 72. */
  readonly width?: number;
  /** Of the plot, in lines; at least 4. Default 12. */
  readonly height?: number;
  /** Default `log`. */
  readonly xscale?: StepScale;
  /** Write ANSI colours. Default false: curves are told apart by their texture. */
  readonly color?: boolean;
  /** Nothing but ASCII, for terminals and logs without Unicode. Default false. */
  readonly ascii?: boolean;
}

type Split = 'train' | 'val';
interface Cell {
  readonly character: string;
  readonly color?: Meaning;
}

/** Characters left of the plot: '100% ┤'. */
const MARGIN = 6;
/** A character counts as this many px where layout is shared with the figures. */
const CHARACTER = 8;

const unicode = {
  axis: '│',
  tick: '┤',
  corner: '└',
  floor: '─',
  floorTick: '┬',
  mark: '┊',
  train: '⠁⠂',
  val: '⠒⠒',
};
const plain = {
  axis: '|',
  tick: '+',
  corner: '+',
  floor: '-',
  floorTick: '+',
  mark: ':',
  train: '..',
  val: 'oo',
};

/** Draws the chart; lines are separated by \n, without trailing spaces and without a final line feed. */
export function terminalChart(curves: AccuracyCurves, options: TerminalChartOptions = {}): string {
  const { xscale = 'log', color = false, ascii = false } = options;
  const columns = Math.max(32, Math.floor(options.width ?? 72)) - MARGIN;
  const rows = Math.max(4, Math.floor(options.height ?? 12));
  const signs = ascii ? plain : unicode;
  const paint = painter(color);
  const heldOut = curves.test?.length ? curves.test : curves.val;
  const series: [Split, string, readonly AccuracyPoint[]][] = [
    ['train', 'train', curves.train],
    ['val', 'held-out', heldOut],
  ];
  if (series.every(([, , points]) => points.length === 0)) return 'accuracy: nothing evaluated yet';
  const steps = series.flatMap(([, , points]) => points.map(({ step }) => step));
  const axis = stepAxis(steps, xscale, 0, (columns - 1) * CHARACTER);
  const columnOf = (px: number) => Math.round(px / CHARACTER);

  const raster = new DotRaster<Split>(columns, rows, ascii ? (split) => signs[split][0] : undefined);
  for (const [split, , points] of series) {
    const dotted = split === 'train' && !color && !ascii;
    drawPoints(raster, split, points, (step) => axis.position(step) / ((columns - 1) * CHARACTER), dotted);
  }

  const { marks = [] } = milestoneMarks(findMilestones(curves, options));
  const requests = marks.map(({ step, label, line = true }) => ({
    x: line ? columnOf(axis.position(step)) : columns,
    width: label.length,
    line,
  }));
  const flags = arrangeFlags(requests, -MARGIN, columns - 1, 1);
  const flagRows = flags.reduce((count, { row }) => Math.max(count, row + 1), 0);

  const names = Array.from({ length: flagRows }, () => blank(MARGIN + columns));
  const plot = Array.from({ length: rows }, () => blank(columns));
  for (const [i, { label, color: meaning }] of marks.entries()) {
    const [from] = flagExtent(requests[i], flags[i].side, 1);
    const start = MARGIN + Math.ceil(from) + (flags[i].side === 'right' ? 1 : 0);
    for (const [k, character] of [...label].entries())
      names[flags[i].row][start + k] = { character, color: meaning };
    if (!requests[i].line) continue;
    const sign = { character: signs.mark, color: meaning };
    for (const row of names.slice(flags[i].row)) row[MARGIN + requests[i].x] = sign;
    for (const row of plot) row[requests[i].x] = sign;
  }
  for (const [y, row] of plot.entries()) {
    for (let x = 0; x < columns; x++) {
      const cell = raster.at(x, y);
      if (cell) row[x] = { character: cell.character, color: cell.owner };
    }
  }

  const legend = series
    .filter(([, , points]) => points.length > 0)
    .map(([split, name, points]) => {
      const final = percentLabel(points[points.length - 1].accuracy);
      const sample = color && !ascii ? unicode.val : signs[split];
      return `${paint(`${sample} ${name}`, split)} ${final}`;
    });
  return [
    `${' '.repeat(MARGIN)}${['accuracy', ...legend].join('   ')}`,
    ...names.map((row) => written(row, paint)),
    ...plot.map((row, y) => `${paint(leftMargin(y, rows, signs), 'axis')}${written(row, paint)}`),
    ...floor(axis.ticks, columns, columnOf, signs).map((text) => paint(text, 'axis')),
  ].join('\n');
}

/** A row without its trailing blanks, neighbours of one colour painted together. */
function written(cells: readonly Cell[], paint: Paint): string {
  const end = cells.findLastIndex(({ character }) => character !== ' ') + 1;
  let line = '';
  for (let start = 0; start < end; ) {
    let stop = start + 1;
    while (stop < end && cells[stop].color === cells[start].color) stop++;
    const run = cells.slice(start, stop).map(({ character }) => character);
    line += paint(run.join(''), cells[start].color);
    start = stop;
  }
  return line;
}

function blank(length: number): Cell[] {
  return Array.from({ length }, () => ({ character: ' ' }));
}

/** Joins points by lines; `position` is 0 at the left and 1 at the right end of the raster. */
function drawPoints(
  raster: DotRaster<Split>,
  split: Split,
  points: readonly AccuracyPoint[],
  position: (step: number) => number,
  dotted: boolean,
): void {
  const visible = dotted ? (x: number) => x % 2 === 0 : undefined;
  let previous: [number, number] | undefined;
  for (const { step, accuracy } of points) {
    if (!Number.isFinite(accuracy)) {
      previous = undefined;
      continue;
    }
    const x = Math.round(position(step) * (raster.width - 1));
    const y = Math.round((1 - Math.min(1, Math.max(0, accuracy))) * (raster.height - 1));
    const [fromX, fromY] = previous ?? [x, y];
    raster.line(fromX, fromY, x, y, split, visible);
    previous = [x, y];
  }
}

function leftMargin(row: number, rows: number, signs: typeof unicode): string {
  const labels = rows >= 9 ? [100, 75, 50, 25, 0] : [100, 50, 0];
  const percent = labels.find((label) => Math.round((1 - label / 100) * (rows - 1)) === row);
  return percent === undefined
    ? `${' '.repeat(MARGIN - 1)}${signs.axis}`
    : `${`${percent}%`.padStart(4)} ${signs.tick}`;
}

/** The axis of steps: its line, and the labels below as far as they do not touch. */
function floor(
  ticks: ReturnType<typeof stepAxis>['ticks'],
  columns: number,
  columnOf: (px: number) => number,
  signs: typeof unicode,
): string[] {
  const base = Array.from({ length: columns }, () => signs.floor);
  const labels = ' '.repeat(MARGIN + columns).split('');
  let free = 0;
  for (const { at, label } of ticks) {
    if (label === undefined) continue;
    const start = Math.min(
      MARGIN + columnOf(at) - Math.floor(label.length / 2),
      labels.length - label.length,
    );
    if (start < free) continue;
    base[columnOf(at)] = signs.floorTick;
    labels.splice(start, label.length, ...label);
    free = start + label.length + 1;
  }
  const title = 'step';
  const end = MARGIN + columns - title.length;
  if (free <= end) labels.splice(end, title.length, ...title);
  return [`${' '.repeat(MARGIN - 1)}${signs.corner}${base.join('')}`, labels.join('').trimEnd()];
}

type Paint = (text: string, meaning?: Meaning) => string;

function painter(color: boolean): Paint {
  const { blue, yellow, green, gray } = pc.createColors(color);
  const paints: Partial<Record<Meaning, (text: string) => string>> = {
    train: blue,
    val: yellow,
    grokked: green,
    memorized: gray,
    muted: gray,
    axis: gray,
  };
  return (text, meaning) => (meaning && paints[meaning]?.(text)) || text;
}
