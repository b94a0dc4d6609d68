/** The axis of steps in a chart that moves: linear, or logarithmic from the first step after 0 on; and how a view of it is changed. */

import { siLabel } from '../../src/figures/number-labels.ts';
import { logTicks } from '../../src/figures/step-axis.ts';

/** A monotone map of steps (≥ 0) and its inverse. */
export interface TimeScale {
  readonly forward: (step: number) => number;
  readonly backward: (place: number) => number;
  /** Steps between `from` and `to` that get a line; those without label are minor. `room` in px. */
  readonly ticks: (from: number, to: number, room: number) => { step: number; label: string }[];
}

/** Steps that are shown. */
export type Extent = readonly [from: number, to: number];

/** Room of step 0 on a logarithmic axis, in decades: it has no logarithm and is drawn a little before the first step. */
const ZERO_ROOM = 0.25;
/** Room of a label, in px. */
const LABEL_ROOM = 56;

/** @param first the first step above 0 that was evaluated: below it the logarithmic axis is linear, down to 0 */
export function timeScale(log: boolean, first: number): TimeScale {
  if (!log) return { forward: (step) => step, backward: (place) => place, ticks: linearTicks };
  const start = Math.log10(first);
  return {
    forward: (step) => (step >= first ? Math.log10(step) : start - ZERO_ROOM * (1 - step / first)),
    backward: (place) => (place >= start ? 10 ** place : first * (1 - (start - place) / ZERO_ROOM)),
    ticks: (from, to, room) => {
      const low = Math.max(from, first);
      const ticks =
        to > low
          ? logTicks(low, to, room)
              .filter(({ value }) => Number.isInteger(value))
              .map(({ value, labelled }) => ({ step: value, label: labelled ? siLabel(value) : '' }))
          : [];
      return from <= 0 ? [{ step: 0, label: '0' }, ...ticks] : ticks;
    },
  };
}

function linearTicks(from: number, to: number, room: number): { step: number; label: string }[] {
  const wanted = (to - from) / Math.max(2, room / LABEL_ROOM / 1.3);
  const power = 10 ** Math.floor(Math.log10(Math.max(wanted, 1)));
  const distance = [1, 2, 5, 10].map((multiple) => multiple * power).find((size) => size >= wanted) ?? power;
  const ticks: { step: number; label: string }[] = [];
  for (let step = Math.ceil(from / distance) * distance; step <= to; step += distance) {
    ticks.push({ step, label: siLabel(step) });
  }
  return ticks;
}

/** A view that shows `1 / factor` of what it did, the step `about` staying where it is; never more than `whole`. */
export function zoomed(view: Extent, whole: Extent, scale: TimeScale, about: number, factor: number): Extent {
  const centre = scale.forward(about);
  const edge = (step: number) => centre + (scale.forward(step) - centre) / factor;
  return within([edge(view[0]), edge(view[1])], whole, scale);
}

/** A view moved by `share` of its own length, later for a positive one; it stops at the ends of `whole`. */
export function panned(view: Extent, whole: Extent, scale: TimeScale, share: number): Extent {
  const [from, to] = view.map(scale.forward);
  const [low, high] = whole.map(scale.forward);
  const by = Math.min(high - to, Math.max(low - from, share * (to - from)));
  return within([from + by, to + by], whole, scale);
}

function within(places: Extent, whole: Extent, { forward, backward }: TimeScale): Extent {
  const [low, high] = whole.map(forward);
  const from = places[0] <= low ? whole[0] : backward(Math.min(places[0], high));
  const to = places[1] >= high ? whole[1] : backward(Math.max(places[1], low));
  // Nothing is to be seen between two steps.
  return to - from >= 2 ? [from, to] : [Math.max(whole[0], from - 1), Math.min(whole[1], to + 1)];
}
