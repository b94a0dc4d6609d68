/** What a panel of the lab is: one picture of a run at the cursor, with its sentence, its formula and its numbers. */

import type { ReadonlySignal, Signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { Meaning } from '../../src/figures/palette.ts';
import type { LabRun } from '../run/lab-run.ts';
import type { Moment } from '../run/moment.ts';

/** One of several runs in one chart. */
export interface DrawnRun {
  readonly run: LabRun;
  readonly name: string;
  readonly color: Meaning;
  /** Before this step it is another run's, and not drawn. */
  readonly start: number;
}

/** How all panels look at a run: one time cursor, one time axis, one paper. */
export interface View {
  /** The step that every panel shows; undefined follows the latest. Panels may set it. */
  readonly cursor: Signal<number | undefined>;
  /** The step that is shown: the cursor, or else the latest. */
  readonly shownStep: ReadonlySignal<number>;
  /** The moment that is shown (the latest kept at or before `shownStep`); undefined while there is none. */
  readonly moment: ReadonlySignal<Moment | undefined>;
  /** The runs that charts over time draw together; none where the run that is shown stands alone. */
  readonly compared: ReadonlySignal<readonly DrawnRun[]>;
  /** Whether time is drawn logarithmically. */
  readonly logTime: ReadonlySignal<boolean>;
  /** For canvases and literal SVG; CSS has the colours as custom properties --gs-train, … (src/figures/palette.ts). */
  readonly paper: ReadonlySignal<'light' | 'dark'>;
}

export interface PanelProps {
  readonly run: LabRun;
  readonly view: View;
}

/** A file that a panel offers. */
export interface PanelFile {
  /** Without a folder, such as `r1-accuracy.csv`. */
  readonly name: string;
  readonly content: Blob;
}

export interface Panel {
  /** In addresses and file names: lower case and hyphens. */
  readonly name: string;
  readonly title: string;
  /** How its numbers are computed, in one line each, with the document that says more (docs/measures.md#…). */
  readonly formulas: readonly { readonly text: string; readonly document: string }[];
  /** Wide panels take the whole row. */
  readonly wide?: boolean;
  /** Tall panels take two rows, so that two others stand beside them. */
  readonly tall?: boolean;
  /** Why this run has no such picture; undefined where it has one, or may get one. Reads signals. */
  refusal(run: LabRun): string | undefined;
  /** One sentence computed from the numbers at the cursor, which is also the text alternative. Reads signals. */
  whatYouSee(props: PanelProps): string;
  /** The picture alone; frame, sentence and buttons are drawn around it. */
  readonly Picture: FunctionComponent<PanelProps>;
  /** The numbers of the picture, as comma-separated text with a header line. */
  csv(props: PanelProps): string;
  /** The picture as an SVG document on the paper of the page; undefined while there is nothing. A PNG is made of it. */
  svg?(props: PanelProps): string | undefined;
  /** The picture where it is made of pixels. */
  png?(props: PanelProps): Promise<Blob | undefined>;
  /** Whether it shows the network itself, which is kept at some steps only. */
  readonly ofMoment?: boolean;
  /** Whether the picture is one of the step that is shown, which is then in the names of its files. */
  readonly ofStep?: boolean;
}

/** Panels of one subject, under one heading. */
export interface PanelGroup {
  /** For ids: lower case. */
  readonly name: string;
  readonly title: string;
  /** Open unless they are closed. */
  readonly panels: readonly Panel[];
  /** Closed until they are asked for. */
  readonly further: readonly Panel[];
}
