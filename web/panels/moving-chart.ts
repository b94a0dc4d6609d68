/** A uPlot chart of curves over training steps whose view moves: drawn on canvas, because 10⁵ points must pan smoothly. */

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { powerLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { type Paper, palette } from '../../src/figures/palette.ts';
import { logTicks } from '../../src/figures/step-axis.ts';
import type { AlignedSeries } from './aligned-series.ts';
import { drawLevels } from './chart-levels.ts';
import { drawBehind, drawMarks, marksHeight, type TimeMarks } from './chart-marks.ts';
import type { CurveStyle } from './curves.ts';
import type { Level } from './null-levels.ts';
import { AXIS_WIDTH, RIGHT_MARGIN } from './plot-margins.ts';
import { type Extent, panned, type TimeScale, timeScale, zoomed } from './time-scale.ts';

/** How values are drawn: shares from 0 to 1 as percent, numbers from 0 to 1, positive numbers by decades, or any. */
export type ValueKind = 'percent' | 'fraction' | 'log' | 'free';

export interface ChartLook {
  readonly curves: readonly CurveStyle[];
  /** Lines at one value. */
  readonly levels: readonly Level[];
  readonly values: ValueKind;
  readonly logTime: boolean;
  readonly paper: Paper;
}

const FONT = "12px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',Arial,sans-serif";
/** Below every loss that is worth seeing: what collapsed to 0 lies on the lower edge. */
const SMALLEST = 1e-30;
const ZOOM = 1.6;

export class MovingChart {
  readonly #plot: uPlot;
  readonly #data: AlignedSeries;
  readonly #scale: TimeScale;
  readonly #cursor = document.createElement('div');
  /** Undefined while all is shown, so that the view grows with the run. */
  #view: Extent | undefined;
  #marks: TimeMarks = { marks: [] };
  #shown = 0;

  constructor(parent: HTMLElement, look: ChartLook, data: AlignedSeries, width: number, height: number) {
    this.#data = data;
    const { steps } = data.update();
    this.#scale = timeScale(look.logTime, steps.find((step) => step >= 1) ?? 1);
    this.#plot = new uPlot(this.#options(look, width, height), this.#read(), parent);
    this.#cursor.className = 'chart-cursor';
    this.#plot.over.append(this.#cursor);
  }

  /** Takes in what the series have gained. */
  update(marks: TimeMarks): void {
    const isAsHigh = marksHeight(marks) === marksHeight(this.#marks);
    this.#marks = marks;
    this.#plot.setData(this.#read(), false);
    this.#show(this.#view);
    // The room for names is reckoned anew only with the axes, which stay as they are where no step is new.
    if (!isAsHigh) this.#plot.redraw(false, true);
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  /** Moves the cursor without drawing the curves again. */
  showStep(step: number): void {
    this.#shown = step;
    this.#placeCursor(this.#plot);
  }

  #placeCursor(plot: uPlot): void {
    const x = plot.valToPos(this.#shown, 'x');
    // Asked of the element, its width would have the whole page laid out at every step.
    const inside = x >= -1 && x <= plot.bbox.width / devicePixelRatio + 1;
    this.#cursor.style.display = inside ? 'block' : 'none';
    this.#cursor.style.transform = `translateX(${x}px)`;
  }

  /** The step at a place on the screen. */
  stepAt(clientX: number): number {
    const { left, width } = this.#plot.over.getBoundingClientRect();
    return this.#plot.posToVal(Math.min(width, Math.max(0, clientX - left)), 'x');
  }

  /** Shows a shorter (`nearer` true) or longer stretch about a step. */
  zoom(nearer: boolean, about = this.#shown): void {
    const whole = this.#whole();
    const view = zoomed(this.#view ?? whole, whole, this.#scale, about, nearer ? ZOOM : 1 / ZOOM);
    this.#show(view[0] <= whole[0] && view[1] >= whole[1] ? undefined : view);
  }

  /** Moves a view that does not show all by a share of its length. */
  pan(share: number): void {
    if (this.#view !== undefined) this.#show(panned(this.#view, this.#whole(), this.#scale, share));
  }

  showAll(): void {
    this.#show(undefined);
  }

  get width(): number {
    return this.#plot.over.clientWidth;
  }

  get isZoomed(): boolean {
    return this.#view !== undefined;
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #whole(): Extent {
    return [0, Math.max(1, this.#data.update().steps.at(-1) ?? 1)];
  }

  #show(view: Extent | undefined): void {
    this.#view = view;
    const [min, max] = view ?? this.#whole();
    this.#plot.setScale('x', { min, max });
  }

  #read(): uPlot.AlignedData {
    const { steps, columns } = this.#data.update();
    return [steps as number[], ...(columns as (number | null | undefined)[][])];
  }

  #options({ curves, levels, values, paper }: ChartLook, width: number, height: number): uPlot.Options {
    const { axis, grid, muted } = palette[paper];
    const { forward, backward, ticks } = this.#scale;
    const common = {
      stroke: muted,
      font: FONT,
      grid: { stroke: grid, width: 1 },
      ticks: { stroke: axis, width: 1 },
    };
    // Labels are asked for after the places, and must be those of the same ticks.
    let labels = new Map<number, string>();
    return {
      width,
      height,
      padding: [() => 8 + marksHeight(this.#marks), RIGHT_MARGIN, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, auto: false, distr: 100, fwd: forward, bwd: backward, min: 0, max: 1 },
        y: valueScale(
          values,
          levels.map(({ value }) => value),
        ),
      },
      axes: [
        {
          ...common,
          size: 30,
          splits: (u, _, min, max) => {
            labels = new Map(
              ticks(min, max, u.bbox.width / devicePixelRatio).map(({ step, label }) => [step, label]),
            );
            return [...labels.keys()];
          },
          // uPlot would thin the labels of what it takes for a logarithmic axis.
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map((step) => labels.get(step) ?? ''),
        },
        {
          ...common,
          size: AXIS_WIDTH,
          ...(values === 'log' ? decades : {}),
          ...(values === 'percent'
            ? { values: (_: uPlot, splits: number[]) => splits.map((value) => `${Math.round(100 * value)}%`) }
            : {}),
          ...(values === 'fraction' || values === 'free'
            ? { values: (_: uPlot, splits: number[]) => splits.map(valueLabel) }
            : {}),
        },
      ],
      series: [
        {},
        ...curves.map(({ color, dash }) => ({
          stroke: palette[paper][color],
          width: 2,
          dash: dash === undefined ? undefined : [...dash],
          points: { show: false },
        })),
      ],
      hooks: {
        drawClear: [(u) => drawBehind(u, this.#marks, paper)],
        drawAxes: [(u) => drawLevels(u, levels, paper)],
        draw: [
          (u) => drawMarks(u, this.#marks, paper, FONT),
          // A scale that was set is in force only once it is drawn.
          (u) => this.#placeCursor(u),
        ],
      },
    };
  }
}

/** Lines at powers of ten, and between them only where the axis is short of them. */
const decades: Pick<uPlot.Axis, 'splits' | 'values' | 'filter'> = {
  filter: (_, splits) => splits,
  splits: (u, _, min, max) =>
    logTicks(min, max, 1.7 * (u.bbox.height / devicePixelRatio)).flatMap(({ value, labelled }) =>
      labelled ? value : [],
    ),
  values: ({ scales: { y } }, splits) => {
    const asPowers = (y?.min ?? 1) < 0.0009 || (y?.max ?? 1) > 99_999;
    return splits.map((value) => (asPowers ? powerOfTen(value) : valueLabel(value)));
  },
};

function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return Math.abs(value / 10 ** exponent - 1) < 1e-6 ? powerLabel(exponent) : valueLabel(value);
}

/** @param levels values that are in view beside those of the curves, where not all are */
function valueScale(values: ValueKind, levels: readonly number[]): uPlot.Scale {
  if (values === 'percent' || values === 'fraction') return { range: () => [-0.02, 1.02] };
  if (values === 'free') {
    return {
      range: (_, lowest, highest) => {
        if (lowest === null || highest === null || !(highest >= lowest)) return [0, 1];
        const [low, high] = [Math.min(lowest, ...levels), Math.max(highest, ...levels)];
        const air = 0.05 * (high - low) || 0.05 * Math.abs(high) || 0.5;
        return [low - air, high + air];
      },
    };
  }
  return {
    distr: 100,
    fwd: (value) => Math.log10(Math.max(value, SMALLEST)),
    bwd: (place) => 10 ** place,
    range: (u) => {
      const [low, high] = positiveExtent(u, levels);
      return low <= high ? [low / 1.3, high * 1.3] : [0.1, 1];
    },
  };
}

/** The positive values among those that are in view: a loss of exactly 0 would have an axis down to nothing. */
function positiveExtent(u: uPlot, levels: readonly number[]): [number, number] {
  let [low, high] = [Math.min(Number.POSITIVE_INFINITY, ...levels), Math.max(0, ...levels)];
  const [from, to] = u.series[0]?.idxs ?? [0, u.data[0].length - 1];
  for (const column of u.data.slice(1)) {
    for (let i = from; i <= to; i++) {
      const value = column[i];
      if (value === null || value === undefined || !(value > SMALLEST)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
