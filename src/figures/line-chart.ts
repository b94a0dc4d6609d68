/** Curves over training steps: one or more panels above each other that share the axis of steps and the marks. */
import {
  type Curve,
  drawCurve,
  drawEndLabels,
  drawLegend,
  END_LABEL_OFFSET,
  endLabelWidth,
} from './curve.ts';
import { arrangeMarks, drawPhase, type Mark } from './mark.ts';
import type { Theme } from './palette.ts';
import { drawStepAxis, type StepScale, stepAxis } from './step-axis.ts';
import { figure, text } from './svg.ts';
import { fitted, textWidth } from './text-width.ts';
import { drawValueAxis, type ValueRange, valueAxis } from './value-axis.ts';

/** One pair of axes with its curves. */
export interface Panel {
  /** Title of the vertical axis, with its unit. */
  readonly title: string;
  readonly range: ValueRange;
  readonly curves: readonly Curve[];
}

/** What a line chart shows. */
export interface LineChart {
  readonly title: string;
  /** What is to be seen, in words. */
  readonly description: string;
  readonly panels: readonly Panel[];
  readonly marks?: readonly Mark[];
  /** Steps between which the background is tinted. */
  readonly phase?: readonly [from: number, to: number];
  /** What is counted along the horizontal axis. Default `training step`. */
  readonly steps?: string;
}

/** How a figure is drawn; all figures take these. */
export interface FigureOptions {
  /** In px, at least 240; below 480 the layout is the one for phones. Default 720. */
  readonly width?: number;
  /** Default `log`. */
  readonly xscale?: StepScale;
  /** Default `auto`: light or dark as the reader prefers. */
  readonly theme?: Theme;
}

const NARROW = 480;
/** Margin around everything. */
export const EDGE = 14;
const TITLE_BASELINE = 27;
const TITLE_SIZE = 15;
const PANEL_TITLE_HEIGHT = 22;
/** Keeps curves at the ends of the range off the axis. */
const INSET = 5;
/** Below this a panel of several shows no shape any more. */
const LOWEST_PANEL = 104;
/** Tick labels and title of the axis of steps. */
const STEP_AXIS_HEIGHT = 48;

/** Width in px of a figure, given the one asked for. */
export function figureWidth({ width = 720 }: FigureOptions): number {
  return Math.max(240, Math.round(width));
}

/** A figure's name at its top left. */
export function drawTitle(title: string, width: number): string {
  const shown = fitted(title, width - 2 * EDGE, TITLE_SIZE, true);
  return text(EDGE, TITLE_BASELINE, shown, { size: TITLE_SIZE, bold: true });
}

/** Draws the chart as an SVG document. */
export function lineChart(chart: LineChart, options: FigureOptions = {}): string {
  const { xscale = 'log', theme = 'auto' } = options;
  const { panels, marks = [], phase, steps: counted = 'training step' } = chart;
  const width = figureWidth(options);
  const narrow = width < NARROW;
  const curves = panels.flatMap((panel) => panel.curves);
  const height = Math.min(320, Math.max(190, width * 0.42)) / Math.sqrt(panels.length);
  const panelHeight = Math.max(LOWEST_PANEL, Math.round(height));

  const tickWidths = panels.flatMap(({ range }) =>
    valueAxis(range, panelHeight - INSET, INSET).ticks.map(({ label = '' }) => textWidth(label, 12)),
  );
  const left = EDGE + 8 + Math.max(...tickWidths);
  const endLabels = END_LABEL_OFFSET + Math.max(...curves.map(endLabelWidth));
  const right = width - EDGE - (narrow ? 4 : endLabels);
  const steps = curves.flatMap(({ points }) => points.map(({ step }) => step));
  const xAxis = stepAxis(steps, xscale, left, right);

  // Names that differ from panel to panel stand below the titles of the panels.
  const ownLegends = narrow && panels.length > 1;
  const legend = drawLegend(narrow && !ownLegends ? curves : [], EDGE, TITLE_BASELINE + 22, width - EDGE);
  const firstTitle = TITLE_BASELINE + 21 + legend.height;
  const arranged = arrangeMarks(marks, xAxis, EDGE, right + (narrow ? 4 : 0));

  const parts = [drawTitle(chart.title, width), ...legend.parts];
  let bottom = 0;
  for (const [i, panel] of panels.entries()) {
    const titleAt = i === 0 ? firstTitle : bottom + PANEL_TITLE_HEIGHT + 4;
    const own = drawLegend(ownLegends ? panel.curves : [], EDGE, titleAt + 18, width - EDGE);
    const flagsTop = titleAt + own.height + 9;
    const top = i === 0 ? flagsTop + arranged.height + 4 : flagsTop + 1;
    bottom = top + panelHeight;
    const yAxis = valueAxis(panel.range, bottom - INSET, top + INSET);
    if (phase) parts.push(drawPhase(phase, xAxis, top, bottom));
    parts.push(
      text(EDGE, titleAt, fitted(panel.title, width - 2 * EDGE, 12), { color: 'muted' }),
      ...own.parts,
      ...(i === 0 ? arranged.drawNames(flagsTop) : []),
      ...drawValueAxis(yAxis, left, right),
      ...arranged.drawLines(i === 0 ? flagsTop : undefined, top, bottom),
      ...panel.curves.flatMap((curve) => drawCurve(curve, xAxis, yAxis)),
    );
    if (!narrow) parts.push(...drawEndLabels(panel.curves, xAxis, yAxis, right, top, bottom));
  }
  const xTitle = xscale === 'log' ? `${counted} (log scale)` : counted;
  parts.push(...drawStepAxis(xAxis, left, right, bottom, xTitle));
  const { title, description } = chart;
  return figure({ width, height: bottom + STEP_AXIS_HEIGHT, theme, title, description }, ...parts);
}
