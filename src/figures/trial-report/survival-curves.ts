/**
 * Kaplan–Meier estimates of several arms (Kaplan & Meier 1958) with interval bands, ticks where a run left without the event,
 * and below the axis how many runs are still under watch.
 */
import type { ArmSurvival } from '../../trials/analysis.ts';
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { drawStepAxis, stepAxis } from '../step-axis.ts';
import { coordinate, element, escaped, figure, line, stroked, text } from '../svg.ts';
import { fitted, textWidth } from '../text-width.ts';
import { drawValueAxis, valueAxis } from '../value-axis.ts';
import { placeCurveLabels } from './curve-labels.ts';
import { type ArmStyle, styleOf } from './trial-report.ts';

export interface SurvivalFigure {
  readonly title: string;
  /** What the vertical axis counts: runs that have not … yet. */
  readonly waiting: string;
  /** Of one endpoint, an arm each. */
  readonly curves: readonly ArmSurvival[];
  readonly styles: ReadonlyMap<string, ArmStyle>;
}

const NARROW = 480;
const ROW = 17;

/** Runs of the arm that at `time` have neither had the event nor left: what stands below the axis. */
export function runsAtRisk({ steps, censored }: ArmSurvival, time: number): number {
  const next = steps.find((step) => step.time >= time);
  if (next !== undefined) {
    return next.atRisk + censored.filter((left) => left >= time && left < next.time).length;
  }
  return censored.filter((left) => left >= time).length;
}

/** The corners of an estimate as (time, share): flat up to each event, then straight down, on to the last censoring. */
export function survivalCorners({ steps, censored }: ArmSurvival): [time: number, share: number][] {
  const corners: [number, number][] = [];
  let share = 1;
  for (const { time, survival } of steps) {
    corners.push([time, share], [time, survival]);
    share = survival;
  }
  const end = censored.reduce((a, b) => Math.max(a, b), corners.at(-1)?.[0] ?? 0);
  return [...corners, [end, share]];
}

/** Draws the curves as SVG; null without any. Time runs from 0 to the budget, or to the last event where every run had it. */
export function survivalCurves(
  { title, waiting, curves, styles }: SurvivalFigure,
  options: Omit<FigureOptions, 'xscale'> = {},
): string | null {
  if (curves.length === 0) return null;
  const { theme = 'auto' } = options;
  const width = figureWidth(options);
  const narrow = width < NARROW;
  const nameRoom = narrow ? 0 : Math.min(160, Math.max(...curves.map(({ arm }) => textWidth(arm, 12, true))));
  const left = Math.max(EDGE + 42, EDGE + nameRoom + 20);
  const right = width - EDGE - 8;
  const top = 62;
  const bottom = top + (narrow ? 200 : 270);
  const end = Math.max(...curves.map((curve) => lastTime(curve)), 1);
  const xAxis = stepAxis([0, end], 'linear', left, right);
  const percent = {
    scale: 'linear',
    low: 0,
    high: 1,
    format: (share: number) => `${Math.round(100 * share)}`,
  } as const;
  const yAxis = valueAxis(percent, bottom - 4, top + 4);

  const drawn = curves.map((curve) => {
    const corners = survivalCorners(curve).map(([time, share]): [number, number] => [
      xAxis.position(time),
      yAxis.position(share),
    ]);
    return { curve, corners, style: styleOf(styles, curve.arm) };
  });
  const labels = placeCurveLabels(
    drawn.map(({ curve, corners }) => ({ name: curve.arm, corners })),
    { left: left + 2, right, top: top + 2, bottom: bottom - 2 },
  );
  const risk = drawRunsAtRisk(curves, styles, xAxis, { left, bottom: bottom + 52, width, narrow });
  return figure(
    {
      width,
      height: bottom + 52 + risk.height + 6,
      theme,
      title,
      description: curves.map(survivalWords).join(' '),
    },
    drawTitle(title, width),
    text(EDGE, 48, fitted(`${waiting} (%)`, width - 2 * EDGE, 12), { color: 'muted' }),
    ...drawValueAxis(yAxis, left, right),
    ...drawn.map(({ curve, style }) => drawBand(curve, style, xAxis.position, yAxis.position)),
    ...drawn.flatMap(({ curve, corners, style }) => [
      stroked(pathThrough(corners), { color: style.color, width: 2, dash: style.dash }),
      ...drawCensoring(curve, style, xAxis.position, yAxis.position),
    ]),
    ...labels.flatMap((label, i) =>
      label === null ? [] : drawLabel(drawn[i].curve.arm, label, drawn[i].style),
    ),
    ...drawStepAxis(xAxis, left, right, bottom, 'training step'),
    ...risk.parts,
  );
}

function lastTime({ steps, censored }: ArmSurvival): number {
  return censored.reduce((a, b) => Math.max(a, b), steps.at(-1)?.time ?? 0);
}

/** At the first time at which half of the runs are through, in words. */
function survivalWords(curve: ArmSurvival): string {
  const half = curve.steps.find(({ survival }) => survival <= 0.5);
  const [, share] = survivalCorners(curve).at(-1) ?? [0, 1];
  const median =
    half === undefined
      ? 'half of the runs never get there'
      : `half of the runs by step ${Math.round(half.time)}`;
  return `${curve.arm}: ${median}, ${Math.round(100 * share)} % still waiting at the end.`;
}

const pathThrough = (corners: readonly (readonly [number, number])[]) =>
  corners.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${coordinate(x)},${coordinate(y)}`).join('');

function drawBand(
  { steps, censored }: ArmSurvival,
  { color }: ArmStyle,
  x: (time: number) => number,
  y: (share: number) => number,
): string {
  const end = censored.reduce((a, b) => Math.max(a, b), steps.at(-1)?.time ?? 0);
  const edge = (bound: 'low' | 'high') =>
    steps.flatMap(({ time, interval }, i): [number, number][] => [
      [x(time), y(interval[bound])],
      [x(steps[i + 1]?.time ?? end), y(interval[bound])],
    ]);
  const outline = [...edge('high'), ...edge('low').reverse()];
  return element('path', { d: `${pathThrough(outline)}Z`, class: `fill-${color}`, 'fill-opacity': '0.1' });
}

/** A short upright line for each time at which runs left without the event. */
function drawCensoring(
  curve: ArmSurvival,
  { color }: ArmStyle,
  x: (time: number) => number,
  y: (share: number) => number,
): string[] {
  return [...new Set(curve.censored)].map((time) => {
    const share = curve.steps.findLast((step) => step.time <= time)?.survival ?? 1;
    return line(x(time), y(share) - 5, x(time), y(share) + 5, { color, width: 2 });
  });
}

/** The name beside its curve, above a wider copy of itself in the colour of the paper. */
function drawLabel(
  name: string,
  { x, y, anchor }: { x: number; y: number; anchor: 'start' | 'end' },
  style: ArmStyle,
) {
  const place = {
    x,
    y,
    'font-size': 12,
    'font-weight': '600',
    'text-anchor': anchor === 'end' ? anchor : undefined,
  };
  return [
    element(
      'text',
      { ...place, class: 'stroke-paper', 'stroke-width': 3, 'aria-hidden': 'true' },
      escaped(name),
    ),
    text(x, y, name, { color: style.color, bold: true, anchor }),
  ];
}

function drawRunsAtRisk(
  curves: readonly ArmSurvival[],
  styles: ReadonlyMap<string, ArmStyle>,
  xAxis: ReturnType<typeof stepAxis>,
  { left, bottom, width, narrow }: { left: number; bottom: number; width: number; narrow: boolean },
): { height: number; parts: string[] } {
  const ticks = endsApart(xAxis.ticks.filter(({ label }) => label !== undefined));
  const parts = [text(EDGE, bottom, 'Runs still waiting', { color: 'muted' })];
  let y = bottom;
  for (const curve of curves) {
    const { color } = styleOf(styles, curve.arm);
    y += narrow ? ROW + 3 : ROW + 1;
    parts.push(
      text(EDGE, y, fitted(curve.arm, narrow ? width - 2 * EDGE : left - EDGE - 16, 12, true), {
        color,
        bold: true,
      }),
    );
    if (narrow) y += ROW - 2;
    for (const { at, step } of ticks) {
      parts.push(text(at, y, String(runsAtRisk(curve, step)), { anchor: 'middle' }));
    }
  }
  return { height: y - bottom + 8, parts };

  function endsApart(all: typeof xAxis.ticks): { at: number; step: number }[] {
    const origin = xAxis.position(0);
    const unit = xAxis.position(1) - origin;
    return all.map(({ at }) => ({ at, step: Math.round((at - origin) / unit) }));
  }
}
