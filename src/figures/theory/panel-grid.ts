/** A figure of several panels in rows, under one title, a sentence and one legend. */
import { drawTitle, EDGE, type FigureOptions, figureWidth } from '../line-chart.ts';
import { coordinate, element, escaped, figure } from '../svg.ts';
import { textWidth } from '../text-width.ts';
import { paragraph } from '../wrapped-text.ts';
import { drawPlot, type Plot, plotHeight } from './plot.ts';

/** Something that can be drawn in a given width. */
export interface Panel {
  readonly height: (width: number) => number;
  readonly draw: (left: number, top: number, width: number) => string[];
}

export interface LegendEntry {
  readonly words: string;
  readonly color: string;
  readonly dash?: string;
}

export interface PanelGrid {
  readonly title: string;
  /** Shown below the title. */
  readonly sentence: string;
  /** What is to be seen, for people who do not see it. */
  readonly description: string;
  readonly legend?: readonly LegendEntry[];
  readonly panels: readonly Panel[];
  /** Panels side by side where there is room. */
  readonly columns: number;
  /** rows: each begins below the highest panel of the last; packed: each panel goes below the shortest column. Default packed. */
  readonly layout?: 'rows' | 'packed';
}

const GAP = 22;
const ROW_GAP = 10;
const LEGEND_ROW = 18;
/** Panels narrower than this show no shape; then fewer stand side by side. */
const NARROWEST = 200;

/** A plot as a panel. */
export function plotPanel(plot: Plot): Panel {
  return {
    height: (width) => plotHeight(plot, width),
    draw: (left, top, width) => drawPlot(plot, left, top, width),
  };
}

/** Draws the figure as SVG. */
export function panelGrid(grid: PanelGrid, options: Omit<FigureOptions, 'xscale'> = {}): string {
  const { theme = 'auto' } = options;
  const { title, description, panels } = grid;
  const width = figureWidth(options);
  const room = width - 2 * EDGE;
  const columns = Math.max(1, Math.min(grid.columns, Math.floor((room + GAP) / (NARROWEST + GAP))));
  const panelWidth = (room - (columns - 1) * GAP) / columns;
  const sentence = paragraph(EDGE, 48, grid.sentence, room, { color: 'muted' });
  const legend = drawLegend(grid.legend ?? [], 48 + sentence.height, width);
  const parts = [drawTitle(title, width), ...sentence.parts, ...legend.parts];
  const bottoms = new Array<number>(columns).fill(48 + sentence.height + legend.height + 2);
  for (const [i, panel] of panels.entries()) {
    const column = grid.layout === 'rows' ? i % columns : bottoms.indexOf(Math.min(...bottoms));
    if (grid.layout === 'rows' && column === 0) bottoms.fill(Math.max(...bottoms));
    parts.push(...panel.draw(EDGE + column * (panelWidth + GAP), bottoms[column], panelWidth));
    bottoms[column] += panel.height(panelWidth) + ROW_GAP;
  }
  return figure({ width, height: Math.max(...bottoms), theme, title, description }, ...parts);
}

function drawLegend(entries: readonly LegendEntry[], y: number, width: number) {
  const parts: string[] = [];
  let x = EDGE;
  let row = 0;
  for (const { words, color, dash } of entries) {
    const needed = 20 + textWidth(words, 12) + 14;
    if (x > EDGE && x + needed > width - EDGE) {
      x = EDGE;
      row++;
    }
    const baseline = y + row * LEGEND_ROW + 4;
    const d = `M${coordinate(x)},${coordinate(baseline - 4)}h15`;
    parts.push(
      element('path', { d, class: `stroke-${color}`, 'stroke-width': 2, 'stroke-dasharray': dash }),
      element('text', { x: x + 20, y: baseline, class: `fill-${color}`, 'font-size': 12 }, escaped(words)),
    );
    x += needed;
  }
  return { height: entries.length > 0 ? (row + 1) * LEGEND_ROW + 4 : 0, parts };
}
