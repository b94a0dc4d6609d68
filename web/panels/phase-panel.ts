/** The strip of phases under the time axis, with the rules that decided them. */

import { stepLabel } from '../../src/figures/number-labels.ts';
import type { Meaning, Theme } from '../../src/figures/palette.ts';
import { element, figure, line, text } from '../../src/figures/svg.ts';
import { textWidth } from '../../src/figures/text-width.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { AlignedSeries } from './aligned-series.ts';
import { csvOf } from './csv.ts';
import { figurePanel } from './figure-panel.tsx';
import { type Phase, type PhaseName, PhaseTracker, phaseAt, phaseRules } from './phases.ts';
import { AXIS_WIDTH, RIGHT_MARGIN } from './plot-margins.ts';
import { type TimeScale, timeScale } from './time-scale.ts';

/** One colour per meaning: memorised, its tint, the measure of the circuit, grokked. */
const phaseColors: Readonly<Record<PhaseName, Meaning>> = {
  memorising: 'memorized',
  waiting: 'grid',
  'circuit formation': 'diagonal',
  'clean-up': 'grokked',
};

const TEXT = 12;
/** Font size of the labels of ticks. */
const TICK = 12;

interface Followed {
  readonly aligned: AlignedSeries;
  readonly tracker: PhaseTracker;
  readonly held: 'val' | 'test';
  count: number;
}

const followed = new WeakMap<LabRun, Followed>();

/** The phases of a run so far; of its rows only those that are new are read. Subscribes to them. */
function phasesOfRun(run: LabRun): Phase[] {
  const rows = run.rows.value;
  const held = heldOutSplit(run);
  let state = followed.get(run);
  const { steps } = run.series('train', 'weight_norm');
  if (state === undefined || state.held !== held || steps.length < state.count) {
    const columns = [
      run.series('train', 'accuracy'),
      run.series(held, 'accuracy'),
      run.series('train', 'weight_norm'),
      run.series('train', 'diagonal_share'),
    ];
    const threshold = run.experiment.value?.milestones.memorize_threshold;
    state = { aligned: new AlignedSeries(columns), tracker: new PhaseTracker(threshold), held, count: 0 };
    followed.set(run, state);
  }
  if (rows.length === 0) return [];
  const { steps: all, columns } = state.aligned.update();
  for (; state.count < all.length; state.count++) {
    const [trainAccuracy, heldOutAccuracy, weightNorm, diagonalShare] = columns.map(
      (column) => column[state.count] ?? undefined,
    );
    state.tracker.observe({
      step: all[state.count],
      trainAccuracy,
      heldOutAccuracy,
      weightNorm,
      diagonalShare,
    });
  }
  return state.tracker.phases;
}

export const phasePanel = figurePanel({
  name: 'phases',
  title: 'Phases',
  wide: true,
  largest: 4000,
  height: (width) => (width < NARROW ? 96 : 78),
  formulas: (Object.keys(phaseRules) as PhaseName[]).map((name) => ({
    text: `${name}: ${phaseRules[name]}`,
    document: 'docs/measures.md#phases',
  })),
  refusal: (run) =>
    run.rows.value.length > 0 && run.series('train', 'accuracy').steps.length === 0
      ? 'This run has no train accuracies, from which the first phase is decided.'
      : undefined,
  whatYouSee: ({ run, view }) => phaseSentence(phasesOfRun(run), view.shownStep.value, evidenceOf(run)),
  draw: ({ run, view }, options) => {
    const phases = phasesOfRun(run);
    if (phases.length === 0) return undefined;
    const first = run.series('train', 'accuracy').steps.find((step) => step >= 1) ?? 1;
    return phaseStrip(phases, view.shownStep.value, {
      ...options,
      scale: timeScale(view.logTime.value, first),
      end: Math.max(0, ...view.compared.value.map(({ run }) => lastEvaluated(run))),
    });
  },
  csv: ({ run }) =>
    csvOf(
      ['phase', 'from step', 'to step'],
      phasesOfRun(run).map(({ name, from, to }) => [name, from, to]),
    ),
});

/** At how many steps there is what the rules read. */
interface Evidence {
  readonly evaluations: number;
  readonly shares: number;
}

function evidenceOf(run: LabRun): Evidence {
  const count = (column: string) => run.series('train', column).steps.length;
  return { evaluations: count('accuracy'), shares: count('diagonal_share') };
}

/** What the reader has to know of how phases were decided; empty where every rule had its measure, up to the newest row. */
function blindWords({ evaluations, shares }: Evidence): string {
  if (shares === 0)
    return ' (the share of the diagonal is not measured here, so that accuracy alone decides)';
  return shares < evaluations - 1
    ? ` (the share of the diagonal is known at ${stepLabel(shares)} of ${stepLabel(evaluations)} evaluations: between them no phase is seen to begin by it)`
    : '';
}

/** Which phase a step is in and since when, and how many steps each took. */
export function phaseSentence(phases: readonly Phase[], step: number, evidence?: Evidence): string {
  const now = phaseAt(phases, step);
  if (now === undefined) return 'No phase has begun yet.';
  const before = phases.slice(0, phases.indexOf(now));
  const lengths = before.map(({ name, from, to }) => `${stepLabel(to - from)} steps of ${name}`);
  const list =
    lengths.length > 1 ? `${lengths.slice(0, -1).join(', ')} and ${lengths.at(-1)}` : (lengths[0] ?? '');
  const after = list === '' ? '' : `, after ${list}`;
  const blind = evidence === undefined ? '' : blindWords(evidence);
  return `At step ${stepLabel(step)} the run is in the phase “${now.name}”, which began at step ${stepLabel(now.from)}${after}${blind}.`;
}

/** Reads signals. */
function lastEvaluated(run: LabRun): number {
  return run.rows.value.at(-1)?.step ?? 0;
}

interface StripOptions {
  readonly scale: TimeScale;
  /** Where the time axis ends at least: at the last step of the runs in the charts, which may go on longer. Default 0. */
  readonly end?: number;
  readonly width?: number;
  readonly theme?: Theme;
}

const HEIGHT = 26;
/** Below this the names of all phases hardly stand in one row. */
const NARROW = 480;

/** Phases as bars under the time axis of the charts, each named where there is room, and the step that is shown. */
export function phaseStrip(phases: readonly Phase[], shown: number, options: StripOptions): string {
  const { scale, end: least = 0, width = 720, theme = 'auto' } = options;
  const [left, right] = [AXIS_WIDTH, width - RIGHT_MARGIN];
  const last = Math.max(1, least, phases.at(-1)?.to ?? 1);
  const [low, high] = [scale.forward(0), scale.forward(last)];
  const position = (step: number) => left + ((scale.forward(step) - low) / (high - low)) * (right - left);
  const names = namesAbove(phases, position, right) ?? legendOf(phases, width);
  const top = 8 + names.height;
  const bottom = top + HEIGHT;
  const bars = phases.flatMap(({ name, from, to }, i) => {
    const [x, end] = [position(from), position(to)];
    return [
      element('rect', {
        class: `fill-${phaseColors[name]}`,
        x,
        y: top,
        width: Math.max(1, end - x),
        height: HEIGHT,
      }),
      ...(i > 0 ? [line(x, top, x, bottom, { color: 'paper', width: 1.5 })] : []),
    ];
  });
  const ticks = scale.ticks(0, last, right - left).flatMap(({ step, label }) => [
    line(position(step), bottom, position(step), bottom + (label === '' ? 3 : 6), { color: 'axis' }),
    ...(label === ''
      ? []
      : [
          text(tickLabelAt(label, position(step), width), bottom + 19, label, {
            color: 'muted',
            anchor: 'middle',
          }),
        ]),
  ]);
  const at = position(Math.min(shown, last));
  const spans = phases.map(({ name, from, to }) => `${name} from ${stepLabel(from)} to ${stepLabel(to)}`);
  return figure(
    {
      width,
      height: bottom + 28,
      theme,
      title: 'Phases',
      description: `Phases over training steps: ${spans.join(', ')}.`,
    },
    ...bars,
    ...names.parts,
    line(left, bottom, right, bottom, { color: 'axis' }),
    ...ticks,
    line(at, top - 4, at, bottom + 4, { color: 'paper', width: 4 }),
    line(at, top - 4, at, bottom + 4, { color: 'ink', width: 2 }),
  );
}

/** Middle of the label of a tick: at the right edge further left, where it would be cut off. */
function tickLabelAt(label: string, x: number, width: number): number {
  return Math.min(x, width - textWidth(label, TICK) / 2 - 1);
}

interface Names {
  readonly height: number;
  readonly parts: string[];
}

/** Each name where its bar begins, the last ones further left at the edge; undefined where one finds no room. */
function namesAbove(
  phases: readonly Phase[],
  position: (step: number) => number,
  right: number,
): Names | undefined {
  let free = 0;
  const parts = phases.flatMap(({ name, from, to }) => {
    const wide = textWidth(name, TEXT, true);
    const x = Math.min(position(from), right - wide);
    // A name that stood over the bar of another phase would be read as that one's.
    const isOver = x >= position(from) - 1 || x + wide / 2 > position(from);
    if (x < free || !isOver || position(to) < x) return [];
    free = x + wide + 8;
    return [text(x, 16, name, { bold: true, size: TEXT })];
  });
  return parts.length === phases.length ? { height: 16, parts } : undefined;
}

/** Names behind squares of their colours, in rows. */
function legendOf(phases: readonly Phase[], width: number): Names {
  const parts: string[] = [];
  let [x, row] = [0, 0];
  for (const { name } of phases) {
    const wide = 16 + textWidth(name, TEXT, true);
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const y = 16 + 18 * row;
    parts.push(
      element('rect', { class: `fill-${phaseColors[name]}`, x, y: y - 10, width: 11, height: 11 }),
      text(x + 16, y, name, { bold: true, size: TEXT }),
    );
    x += wide + 14;
  }
  return { height: 16 + 18 * row, parts };
}
