/** The strip of phases under the time axis, with the rules that decided them. */

import { stepAxis, drawStepAxis, type StepScale } from '../../src/figures/step-axis.ts';
import { stepLabel } from '../../src/figures/number-labels.ts';
import type { Meaning, Theme } from '../../src/figures/palette.ts';
import { element, figure, line, text } from '../../src/figures/svg.ts';
import { textWidth } from '../../src/figures/text-width.ts';
import { heldOutSplit, type LabRun } from '../run/lab-run.ts';
import { AlignedSeries } from './aligned-series.ts';
import { csvOf } from './csv.ts';
import { figurePanel } from './figure-panel.tsx';
import { type Phase, type PhaseName, phaseAt, phaseRules, PhaseTracker } from './phases.ts';

/** One colour per meaning: memorised, its tint, the measure of the circuit, grokked. */
const phaseColors: Readonly<Record<PhaseName, Meaning>> = {
  memorising: 'memorized',
  waiting: 'grid',
  'circuit formation': 'diagonal',
  'clean-up': 'grokked',
};

interface Followed {
  readonly aligned: AlignedSeries;
  readonly tracker: PhaseTracker;
  readonly held: 'val' | 'test';
  count: number;
}

const followed = new WeakMap<LabRun, Followed>();

/** The phases of a run so far; of its rows only those that are new are read. Subscribes to them. */
export function phasesOfRun(run: LabRun): Phase[] {
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
  formulas: (Object.keys(phaseRules) as PhaseName[]).map((name) => ({
    text: `${name}: ${phaseRules[name]}`,
    document: 'docs/lab.md#phases',
  })),
  refusal: (run) =>
    run.rows.value.length > 0 && run.series('train', 'accuracy').steps.length === 0
      ? 'This run has no train accuracies, from which the first phase is decided.'
      : undefined,
  whatYouSee: ({ run, view }) => phaseSentence(phasesOfRun(run), view.shownStep.value, hasShare(run)),
  draw: ({ run, view }, options) => {
    const phases = phasesOfRun(run);
    if (phases.length === 0) return undefined;
    const xscale = view.logTime.value ? 'log' : 'linear';
    return phaseStrip(phases, view.shownStep.value, {
      first: run.series('train', 'accuracy').steps.find((step) => step >= 1) ?? 1,
      xscale,
      ...options,
    });
  },
  csv: ({ run }) =>
    csvOf(
      ['phase', 'from step', 'to step'],
      phasesOfRun(run).map(({ name, from, to }) => [name, from, to]),
    ),
});

function hasShare(run: LabRun): boolean {
  return run.series('train', 'diagonal_share').steps.length > 0;
}

/** Which phase a step is in and since when, and how many steps each took. */
export function phaseSentence(phases: readonly Phase[], step: number, measured = true): string {
  const now = phaseAt(phases, step);
  if (now === undefined) return 'No phase has begun yet.';
  const before = phases.slice(0, phases.indexOf(now));
  const lengths = before.map(({ name, from, to }) => `${stepLabel(to - from)} steps of ${name}`);
  const list = lengths.length > 1 ? `${lengths.slice(0, -1).join(', ')} and ${lengths.at(-1)}` : (lengths[0] ?? '');
  const after = list === '' ? '' : `, after ${list}`;
  const blind = measured ? '' : ' (the share of the diagonal is not measured here, so that accuracy alone decides)';
  return `At step ${stepLabel(step)} the run is in the phase “${now.name}”, which began at step ${stepLabel(now.from)}${after}${blind}.`;
}

interface StripOptions {
  readonly first: number;
  readonly xscale: StepScale;
  readonly width?: number;
  readonly theme?: Theme;
}

const EDGE = 14;
const HEIGHT = 26;

/** Phases as bars on the axis of steps, their names below where a bar is too short, and the step that is shown. */
export function phaseStrip(phases: readonly Phase[], shown: number, options: StripOptions): string {
  const { first, xscale, width = 720, theme = 'auto' } = options;
  const last = phases.at(-1)?.to ?? 1;
  const axis = stepAxis([0, Math.min(first, last), last], xscale, EDGE, width - EDGE);
  const top = 24;
  const bottom = top + HEIGHT;
  const bars = phases.flatMap(({ name, from, to }) => {
    const [x, end] = [axis.position(from), axis.position(Math.max(to, from))];
    const color = phaseColors[name];
    return [
      element('rect', { class: `fill-${color}`, x, y: top, width: Math.max(1, end - x), height: HEIGHT }),
      ...(x > EDGE ? [line(x, top, x, bottom, { color: 'paper', width: 1.5 })] : []),
    ];
  });
  let free = Number.NEGATIVE_INFINITY;
  const names = phases.flatMap(({ name, from, to }) => {
    const [x, end] = [axis.position(from), axis.position(to)];
    const wide = textWidth(name, 12, true);
    // A name stands above the beginning of its bar, or ends with it at the right edge; where it has no room, the sentence has it.
    const at = Math.min(x, width - EDGE - wide);
    if (at < free || (at < x && wide > end - EDGE)) return [];
    free = at + wide + 10;
    return [text(at, 16, name, { bold: true })];
  });
  const x = axis.position(Math.min(shown, last));
  const description = `Phases over training steps: ${phases.map(({ name, from, to }) => `${name} from ${stepLabel(from)} to ${stepLabel(to)}`).join(', ')}.`;
  return figure(
    { width, height: bottom + 30, theme, title: 'Phases', description },
    ...bars,
    ...names,
    ...drawStepAxis(axis, EDGE, width - EDGE, bottom, ''),
    line(x, top - 5, x, bottom + 5, { color: 'ink', width: 2 }),
  );
}
