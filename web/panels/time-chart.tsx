/** Curves over training steps with the time cursor: a slider for mouse, finger, keyboard and screen reader. */

import { useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { percentLabel, stepLabel, valueLabel } from '../../src/figures/number-labels.ts';
import { valueAt } from '../run/series.ts';
import { alignedOf, drawnCurves, drawnRuns } from './compared-curves.ts';
import { cursorAfter, nearestStep } from './cursor-keys.ts';
import { type Curve, type CurvePlan, marksOf } from './curves.ts';
import { useElementWidth } from './element-width.ts';
import { inTurn } from './in-turn.tsx';
import { MovingChart, type ValueKind } from './moving-chart.ts';
import { nullCurves } from './null-curves.ts';
import { type Level, levelsOf, type NullPlan } from './null-levels.ts';
import type { PanelProps } from './panel.ts';

const HEIGHT = 250;
/** How many points more delay the next drawing by a millisecond. */
const POINTS_A_MS = 200;

export interface TimeChartProps extends PanelProps {
  readonly title: string;
  readonly plans: readonly CurvePlan[];
  readonly nulls: readonly NullPlan[];
  readonly values: ValueKind;
}

export const TimeChart = inTurn(({ run, view, title, plans, nulls, values }: TimeChartProps) => {
  const [parent, width] = useElementWidth<HTMLDivElement>();
  const known = drawnRuns({ run, view }).reduce((sum, one) => sum + one.rows.value.length, 0);
  const own = drawnCurves({ run, view }, plans);
  const random = nullCurves(run, nulls);
  const curves = [...own, ...random];
  const levels = levelsOf(run, nulls);
  const logTime = view.logTime.value;
  const paper = view.paper.value;
  const first = curves[0]?.series.steps.find((step) => step >= 1) ?? 1;
  const key = [
    run.name.value,
    logTime,
    paper,
    first,
    ...curves.map(({ name, color, start }) => `${name} ${color} ${start}`),
    ...levels.map(({ name, value }) => `${name} ${value}`),
  ].join();
  const aligned = useMemo(() => alignedOf(curves), [run, key]);
  const chart = useRef<MovingChart>(undefined);
  const marks = marksOf(run);

  const isThere = width > 0 && curves.length > 0;
  useLayoutEffect(() => {
    if (parent.current === null || !isThere) return;
    const made = new MovingChart(
      parent.current,
      { curves, levels, values, logTime, paper },
      aligned,
      width,
      HEIGHT,
    );
    made.update(marks);
    made.showStep(view.shownStep.peek());
    chart.current = made;
    return () => {
      chart.current = undefined;
      made.destroy();
    };
  }, [aligned, isThere]);
  useLayoutEffect(() => {
    if (width > 0) chart.current?.resize(width, HEIGHT);
  }, [width]);
  const drawnAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const draw = () => {
      drawnAt.current = performance.now();
      chart.current?.update(marks);
    };
    // The more there is to draw, the rarer it is drawn anew while the run goes on: 10⁵ points twice a second.
    const wait = drawnAt.current + aligned.update().steps.length / POINTS_A_MS - performance.now();
    if (wait <= 0) return draw();
    const timer = setTimeout(draw, wait);
    return () => clearTimeout(timer);
  }, [known, random[0]?.series.steps.length, run.milestones.value, run.status.value.kind]);
  useSignalEffect(() => {
    // Read first: an effect that finds no chart yet must know the signal all the same.
    const step = view.shownStep.value;
    chart.current?.showStep(step);
  });

  const steps = aligned.update().steps;
  const shown = view.shownStep.value;
  const moveTo = (place: number | 'latest' | undefined) => {
    if (place !== undefined) view.cursor.value = place === 'latest' ? undefined : place;
  };
  return (
    <div class="time-chart">
      <Legend curves={curves} levels={levels} values={values} step={shown} />
      <div
        ref={parent}
        class="time-plot"
        style={{ height: `${HEIGHT}px` }}
        role="slider"
        tabIndex={0}
        aria-label={`Step shown, on the chart of ${title}`}
        aria-valuemin={steps[0] ?? 0}
        aria-valuemax={steps.at(-1) ?? 0}
        aria-valuenow={shown}
        aria-valuetext={`step ${stepLabel(shown)}`}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const place = cursorAfter(event.key, { steps, shown: view.shownStep.peek() });
          if (place === undefined && !zoomByKey(chart.current, event.key)) return;
          event.preventDefault();
          moveTo(place);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || chart.current === undefined) return;
          dragCursor(event, chart.current, (step) => moveTo(nearestStep(steps, step)));
        }}
        onDblClick={() => chart.current?.showAll()}
        onWheel={(event) => {
          const moving = chart.current;
          if (moving === undefined) return;
          const zooms = event.ctrlKey || event.metaKey;
          // Without a modifier the wheel scrolls the page.
          if (!zooms && !(event.shiftKey && moving.isZoomed)) return;
          event.preventDefault();
          if (zooms) moving.zoom(event.deltaY < 0, moving.stepAt(event.clientX));
          else moving.pan((event.deltaX || event.deltaY) / moving.width);
        }}
      />
    </div>
  );
});

/** Keys of the view: plus and minus zoom about the cursor, comma and full stop move a zoomed view, 0 shows all. */
function zoomByKey(chart: MovingChart | undefined, key: string): boolean {
  const deeds: Readonly<Record<string, () => void>> = {
    '+': () => chart?.zoom(true),
    '=': () => chart?.zoom(true),
    '-': () => chart?.zoom(false),
    '0': () => chart?.showAll(),
    ',': () => chart?.pan(-0.25),
    '.': () => chart?.pan(0.25),
  };
  const deed = deeds[key];
  deed?.();
  return deed !== undefined;
}

/** The cursor follows the pointer while it is down; with Shift the view does. */
function dragCursor(start: PointerEvent, chart: MovingChart, moveTo: (step: number) => void): void {
  const element = start.currentTarget as HTMLElement;
  element.setPointerCapture(start.pointerId);
  let at = start.clientX;
  if (!start.shiftKey) moveTo(chart.stepAt(at));
  const follow = (event: PointerEvent) => {
    if (start.shiftKey) chart.pan((at - event.clientX) / chart.width);
    else moveTo(chart.stepAt(event.clientX));
    at = event.clientX;
  };
  const end = () => {
    element.removeEventListener('pointermove', follow);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
  };
  element.addEventListener('pointermove', follow);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}

interface LegendProps {
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  readonly values: ValueKind;
  readonly step: number;
}

/** Names of the curves with their values at a step, then of the levels with theirs. */
function Legend({ curves, levels, values, step }: LegendProps) {
  const words = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return '–';
    return values === 'percent' ? percentLabel(value) : valueLabel(value);
  };
  const entries = [
    ...curves.map(({ series, ...look }) => ({ ...look, width: 2, value: valueAt(series, step) })),
    ...levels.map((level) => ({ ...level, width: 1.5 })),
  ];
  return (
    <ul class="legend">
      {entries.map(({ name, color, dash, width, value }) => (
        <li key={name}>
          <svg class="sample" width="24" height="8" aria-hidden="true">
            <path
              d="M0,4H24"
              stroke={`var(--gs-${color})`}
              stroke-width={width}
              stroke-dasharray={dash?.join(' ')}
            />
          </svg>
          <span>{name}</span>
          <output>{words(value)}</output>
        </li>
      ))}
    </ul>
  );
}
