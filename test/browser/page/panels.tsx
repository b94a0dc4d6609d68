/** All panels of the lab on a run that the test hands over, without the rest of the lab. */

import { computed, signal } from '@preact/signals';
import type { Experiment, MetricsRow, Milestones } from 'grokscope';
import { render } from 'preact';
import { palette } from '../../../src/figures/palette.ts';
import { panels } from '../../../web/panels/index.ts';
import type { View } from '../../../web/panels/panel.ts';
import { PanelFrame } from '../../../web/panels/panel-frame.tsx';
import type { Examples } from '../../../web/run/examples.ts';
import type { LabRun, RunStatus } from '../../../web/run/lab-run.ts';
import { type Moment, momentAt } from '../../../web/run/moment.ts';
import { SeriesTable } from '../../../web/run/series.ts';

/** A run as plain JSON; typed arrays are base64. */
export interface WrittenRun {
  readonly name: string;
  readonly experiment: Experiment;
  readonly rows: readonly MetricsRow[];
  readonly milestones: Milestones;
  readonly examples: Omit<Examples, 'tokens' | 'labels' | 'isTrain'> & {
    readonly tokens: readonly string[];
    readonly labels: string;
    readonly isTrain: string;
  };
  readonly moments: readonly {
    readonly step: number;
    readonly predictions: string;
    readonly embeddings: readonly { name: string; rows: number; columns: number; values: string }[];
    readonly spectrum?: { readonly shape: readonly number[]; readonly power: string };
    readonly neurons?: { order: number; width: number; frequency: string; share: string };
  }[];
}

const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const name = signal('');
const experiment = signal<Experiment | undefined>(undefined);
const status = signal<RunStatus>({ kind: 'loading' });
const rows = signal<readonly MetricsRow[]>([]);
const milestones = signal<Milestones | undefined>(undefined);
const moments = signal<readonly Moment[]>([]);
const examples = signal<Examples | undefined>(undefined);
const step = computed(() => rows.value.at(-1)?.step ?? 0);
const series = new SeriesTable();
const run: LabRun = {
  name,
  id: signal(undefined),
  experiment,
  status,
  step,
  rows,
  series: (split, column) => series.get(split, column),
  milestones,
  moments,
  examples,
  notices: signal([]),
};

const cursor = signal<number | undefined>(undefined);
const shownStep = computed(() => cursor.value ?? step.value);
const logTime = signal(true);
const paper = signal<'light' | 'dark'>('light');
const view: View = {
  cursor,
  shownStep,
  moment: computed(() => momentAt(moments.value, shownStep.value)),
  compared: signal([]),
  logTime,
  paper,
};

function dress(): void {
  for (const [meaning, color] of Object.entries(palette[paper.value])) {
    document.documentElement.style.setProperty(`--gs-${meaning}`, color);
  }
}

/** What the test may do. */
export const controls = {
  show(written: WrittenRun): void {
    series.append(written.rows);
    name.value = written.name;
    experiment.value = written.experiment;
    milestones.value = written.milestones;
    const { tokens, labels, isTrain, ...facts } = written.examples;
    examples.value = {
      ...facts,
      tokens: tokens.map((column) => new Int32Array(bytes(column).buffer)),
      labels: new Int32Array(bytes(labels).buffer),
      isTrain: bytes(isTrain),
    };
    moments.value = written.moments.map(({ step: at, predictions, embeddings, spectrum, neurons }) => ({
      step: at,
      predictions: bytes(predictions),
      embeddings: embeddings.map(({ values, ...table }) => ({
        ...table,
        values: new Float32Array(bytes(values).buffer),
      })),
      ...(spectrum && {
        spectrum: { shape: spectrum.shape, power: new Float64Array(bytes(spectrum.power).buffer) },
      }),
      ...(neurons && {
        neurons: {
          ...neurons,
          frequency: new Uint16Array(bytes(neurons.frequency).buffer),
          share: new Float32Array(bytes(neurons.share).buffer),
        },
      }),
    }));
    rows.value = written.rows;
    status.value = { kind: 'finished' };
  },
  /** Adds rows as a run that goes on does. */
  append(more: readonly MetricsRow[]): void {
    series.append(more);
    rows.value = [...rows.value, ...more];
  },
  cursor,
  logTime,
  setPaper(to: 'light' | 'dark'): void {
    paper.value = to;
    dress();
  },
  shown: () => shownStep.value,
};
declare global {
  interface Window {
    controls: typeof controls;
  }
}
window.controls = controls;

dress();
const root = document.querySelector('#panels');
if (root !== null) {
  render(
    panels.map((panel) => <PanelFrame key={panel.name} panel={panel} run={run} view={view} />),
    root,
  );
}
