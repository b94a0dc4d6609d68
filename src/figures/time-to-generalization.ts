/** When each of several runs memorised and grokked, on a logarithmic axis of steps; runs that did not are censored. */
import type { MilestoneOptions, Milestones } from '../training/milestones.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from './line-chart.ts';
import { percentLabel, stepLabel } from './number-labels.ts';
import { milestoneWords } from './run-figure.ts';
import { drawStepAxis, stepAxis } from './step-axis.ts';
import { coordinate, element, figure, line, stroked, text } from './svg.ts';
import { fitted, textWidth } from './text-width.ts';
import { paragraph } from './wrapped-text.ts';

/** One run of the figure, a row. */
export interface RunMilestones {
  readonly name: string;
  readonly milestones: Milestones;
}

type Symbol = 'memorised' | 'first crossing' | 'grokked' | 'not yet when the run ended';

const TITLE = 'Time to generalisation';
const NARROW = 480;
const RADIUS = 5;
/** Keeps symbols at the ends of the axis clear of names and delays. */
const INSET = 12;

function drawSymbol(symbol: Symbol, x: number, y: number): string {
  switch (symbol) {
    case 'memorised':
      return (
        element('circle', { cx: x, cy: y, r: RADIUS - 1, class: 'fill-paper' }) +
        element('circle', { cx: x, cy: y, r: RADIUS - 1, class: 'stroke-memorized', 'stroke-width': 2 })
      );
    case 'first crossing':
      return line(x, y - RADIUS - 1, x, y + RADIUS + 1, { color: 'grokked', width: 2 });
    case 'grokked':
      return element('circle', { cx: x, cy: y, r: RADIUS, class: 'fill-grokked' });
    case 'not yet when the run ended': {
      const [tip, back] = [coordinate(x + RADIUS), coordinate(x - RADIUS)];
      return stroked(
        `M${back},${coordinate(y - RADIUS)}L${tip},${coordinate(y)}L${back},${coordinate(y + RADIUS)}`,
        {
          color: 'muted',
          width: 2,
        },
      );
    }
  }
}

/** The symbols of a run and the steps they stand at, in the order they are drawn in. */
function symbolsOf({
  memorized_step,
  first_crossing_step,
  grokked_step,
  last_step,
}: Milestones): [Symbol, number][] {
  const symbols: [Symbol, number][] = [];
  if (first_crossing_step !== null && first_crossing_step !== grokked_step) {
    symbols.push(['first crossing', first_crossing_step]);
  }
  if (memorized_step !== null) symbols.push(['memorised', memorized_step]);
  if (grokked_step !== null) symbols.push(['grokked', grokked_step]);
  else if (last_step !== null) symbols.push(['not yet when the run ended', last_step]);
  return symbols;
}

/** A censored delay as the bound that the run proves. */
function delayLabel({ memorized_step, delay, unconfirmed_step, last_step }: Milestones): string {
  if (delay !== null) return stepLabel(delay);
  if (memorized_step === null || last_step === null) return '–';
  if (unconfirmed_step !== null) return `≥${stepLabel(unconfirmed_step - memorized_step)}`;
  return `>${stepLabel(last_step - memorized_step)}`;
}

/** Draws the figure as SVG, the runs from top to bottom as given; null without runs. */
export function timeToGeneralization(
  runs: readonly RunMilestones[],
  options: Omit<FigureOptions, 'xscale'> & MilestoneOptions = {},
): string | null {
  if (runs.length === 0) return null;
  const { theme = 'auto', memorizeThreshold = 0.99, grokThreshold = 0.95, grokPatience = 3 } = options;
  const width = figureWidth(options);
  const narrow = width < NARROW;
  const rowHeight = (runs.length > 24 ? 18 : 26) + (narrow ? 12 : 0);

  const nameRoom = Math.min(width * 0.32, Math.max(...runs.map(({ name }) => textWidth(name, 12))));
  const delays = runs.map(({ milestones }) => delayLabel(milestones));
  const delayRoom = Math.max(textWidth('delay', 12), ...delays.map((delay) => textWidth(delay, 12)));
  const left = narrow ? EDGE : EDGE + nameRoom + 8;
  const right = width - EDGE - delayRoom - 8;
  const steps = runs.flatMap(({ milestones }) => symbolsOf(milestones).map(([, step]) => step));
  const xAxis = stepAxis(steps.length > 0 ? steps : [1, 10], 'log', left + INSET, right - INSET);

  const explanation =
    `Steps until train accuracy reached ${percentLabel(memorizeThreshold)} (memorised) and held-out accuracy ` +
    `${percentLabel(grokThreshold)} for ${grokPatience} evaluation${grokPatience === 1 ? '' : 's'} (grokked).`;
  const subtitle = paragraph(EDGE, 48, explanation, width - 2 * EDGE, { color: 'muted' });
  const legend = drawLegend(runs, 48 + subtitle.height + 5, width - EDGE);
  const top = 48 + subtitle.height + legend.height + 12;
  const bottom = top + runs.length * rowHeight + 4;

  const rows = runs.flatMap(({ name, milestones }, i) => {
    const y = top + i * rowHeight + rowHeight / 2 + (narrow ? 8 : 0);
    const label = narrow
      ? text(EDGE, y - 13, fitted(name, width - 2 * EDGE, 12), {})
      : text(left - 8, y + 4, fitted(name, nameRoom, 12), { anchor: 'end' });
    return [
      label,
      ...drawRow(milestones, xAxis.position, y),
      text(width - EDGE, y + 4, delays[i], { anchor: 'end', color: 'muted' }),
    ];
  });
  const grid = xAxis.ticks.flatMap(({ at, label }) =>
    label ? line(at, top, at, bottom, { color: 'grid' }) : [],
  );
  const description = runs.map(({ name, milestones }) => `${name}: ${milestoneWords(milestones)}`).join(' ');
  return figure(
    { width, height: bottom + 48, theme, title: TITLE, description },
    drawTitle(TITLE, width),
    ...subtitle.parts,
    ...legend.parts,
    text(width - EDGE, top - 4, 'delay (steps)', { anchor: 'end', color: 'muted' }),
    ...grid,
    ...rows,
    ...drawStepAxis(xAxis, left, right, bottom, 'training step (log scale)'),
  );
}

function drawRow(milestones: Milestones, position: (step: number) => number, y: number): string[] {
  const { memorized_step, grokked_step, last_step } = milestones;
  const symbols = symbolsOf(milestones);
  const parts: string[] = [];
  const end = grokked_step ?? last_step;
  if (memorized_step !== null && end !== null) {
    const tail =
      grokked_step === null
        ? ({ color: 'muted', width: 2, dash: '2 4' } as const)
        : ({ color: 'memorized', width: 4 } as const);
    parts.push(line(position(memorized_step), y, position(end), y, tail));
  }
  return [...parts, ...symbols.map(([symbol, step]) => drawSymbol(symbol, position(step), y))];
}

function drawLegend(
  runs: readonly RunMilestones[],
  y: number,
  right: number,
): { parts: string[]; height: number } {
  const used = new Set(runs.flatMap(({ milestones }) => symbolsOf(milestones).map(([symbol]) => symbol)));
  const order: Symbol[] = ['memorised', 'first crossing', 'grokked', 'not yet when the run ended'];
  const parts: string[] = [];
  let x = EDGE;
  let row = 0;
  for (const symbol of order.filter((symbol) => used.has(symbol))) {
    const width = 18 + textWidth(symbol, 12);
    if (x > EDGE && x + width > right) {
      x = EDGE;
      row++;
    }
    const baseline = y + row * 18;
    parts.push(drawSymbol(symbol, x + RADIUS + 1, baseline - 4), text(x + 18, baseline, symbol));
    x += width + 14;
  }
  return { parts, height: used.size > 0 ? (row + 1) * 18 : 0 };
}
