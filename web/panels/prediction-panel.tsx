/** All pairs of a task with the network's answers at the moment that is shown, drawn on canvas. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { percentLabel, stepLabel } from '../../src/figures/number-labels.ts';
import { type Paper, palette } from '../../src/figures/palette.ts';
import type { Examples } from '../run/examples.ts';
import type { Moment } from '../run/moment.ts';
import { csvOf } from './csv.ts';
import { unlessKept } from './figure-panel.tsx';
import { inTurn } from './in-turn.tsx';
import type { Panel, PanelProps } from './panel.ts';
import {
  countKinds,
  kindOf,
  mixed,
  type PairKind,
  pairKinds,
  predictionRaster,
} from './prediction-raster.ts';

/** Larger alphabets than this have more pairs than a screen has pixels. */
const LARGEST_SIDE = 500;
/** How much of its colour a wrong answer keeps: the hue says the split, the strength whether it is right. */
const WRONG = 0.26;

function pairColors(paper: Paper): Record<PairKind, string> {
  const { train, val, paper: ground } = palette[paper];
  return {
    'train-right': train,
    'train-wrong': mixed(train, ground, WRONG),
    'held-out-right': val,
    'held-out-wrong': mixed(val, ground, WRONG),
  };
}

const kindNames: Readonly<Record<PairKind, string>> = {
  'train-right': 'train, right',
  'train-wrong': 'train, wrong',
  'held-out-right': 'held out, right',
  'held-out-wrong': 'held out, wrong',
};

export const predictionPanel: Panel = {
  name: 'predictions',
  ofMoment: true,
  title: 'All pairs and the answers',
  formulas: [
    {
      text: 'an answer is right where the largest logit is that of the label, on all pairs (a, b)',
      document: 'docs/science.md#words',
    },
  ],
  refusal: (run) => {
    const examples = run.examples.value;
    if (examples !== undefined && (examples.tokens.length !== 2 || examples.answers !== 1)) {
      return 'The examples of this task are no pairs, which could be drawn as a square: choose a task of two operands.';
    }
    if (examples !== undefined && examples.vocabulary > LARGEST_SIDE) {
      return `The map would have ${examples.vocabulary} rows; it is drawn up to ${LARGEST_SIDE}.`;
    }
    if (examples === undefined && run.status.value.kind === 'finished') {
      return 'The examples of this run are not known, so that its answers cannot be placed.';
    }
    return unlessKept(
      run,
      ({ predictions }) => predictions !== undefined,
      'This run has kept no answers to its examples.',
    );
  },
  whatYouSee: ({ run, view }) => predictionSentence(run.examples.value, view.moment.value),
  Picture: inTurn(PredictionMap),
  csv: ({ run, view }) => {
    const examples = run.examples.value;
    const { predictions } = view.moment.value ?? {};
    const header = ['a', 'b', 'label', 'split', 'right'];
    if (examples === undefined || predictions === undefined) return csvOf(header, []);
    const { tokens, labels, isTrain, size } = examples;
    return csvOf(
      header,
      Array.from({ length: size }, (_, i) => [
        tokens[0][i],
        tokens[1][i],
        labels[i],
        isTrain[i] === 1 ? 'train' : 'held-out',
        predictions[i],
      ]),
    );
  },
  ofStep: true,
  png: async ({ run, view }) => {
    const examples = run.examples.value;
    const { predictions } = view.moment.value ?? {};
    if (examples === undefined || predictions === undefined) return undefined;
    const { side, pixels } = predictionRaster(examples, predictions, pairColors(view.paper.value));
    const scale = Math.max(1, Math.round(800 / side));
    const small = new OffscreenCanvas(side, side);
    small.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
    const large = new OffscreenCanvas(side * scale, side * scale);
    const context = large.getContext('2d');
    if (context === null) return undefined;
    context.fillStyle = palette[view.paper.value].paper;
    context.fillRect(0, 0, large.width, large.height);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, large.width, large.height);
    return large.convertToBlob({ type: 'image/png' });
  },
};

/** How many answers are right, in one sentence. */
function predictionSentence(examples: Examples | undefined, moment: Moment | undefined): string {
  if (examples === undefined || moment?.predictions === undefined) return 'There are no answers yet.';
  const counts = countKinds(examples, moment.predictions);
  const of = (split: 'train' | 'held-out') => {
    const [right, wrong] = [counts[`${split}-right`], counts[`${split}-wrong`]];
    return right + wrong === 0
      ? 'none'
      : `${stepLabel(right)} of ${stepLabel(right + wrong)} (${percentLabel(right / (right + wrong))})`;
  };
  const chance = percentLabel(1 / examples.classes);
  return `At step ${stepLabel(moment.step)} the network answers ${of('train')} train pairs and ${of('held-out')} held-out pairs rightly; guessing would get ${chance}.`;
}

function PredictionMap({ run, view }: PanelProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<number>();
  const examples = run.examples.value;
  const predictions = view.moment.value?.predictions;
  const paper = view.paper.value;
  const colors = pairColors(paper);
  const side = examples?.vocabulary ?? 1;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, side, side);
    if (examples === undefined || predictions === undefined) return;
    const { pixels } = predictionRaster(examples, predictions, colors);
    context.putImageData(new ImageData(pixels, side, side), 0, 0);
  }, [examples, predictions, paper, side]);
  const counts = examples && predictions && countKinds(examples, predictions);
  const splits = examples?.isTrain.includes(0) === false ? pairKinds.slice(0, 2) : pairKinds;
  return (
    <div class="prediction-map">
      <div class="map-square">
        <span class="axis-name upright">b</span>
        <canvas
          ref={canvas}
          width={side}
          height={side}
          role="img"
          aria-label={predictionSentence(examples, view.moment.value)}
          onPointerMove={(event) => setPointed(examples && pairAt(event, examples))}
          onPointerLeave={() => setPointed(undefined)}
        />
        <span class="axis-name">a</span>
      </div>
      <div>
        <ul class="legend column">
          {splits.map((kind) => (
            <li key={kind}>
              <svg class="sample" width="12" height="12" aria-hidden="true">
                <rect width="12" height="12" fill={colors[kind]} stroke="var(--gs-axis)" />
              </svg>
              <span>{kindNames[kind]}</span>
              <output>{counts ? stepLabel(counts[kind]) : '–'}</output>
            </li>
          ))}
        </ul>
        <p class="pointed" aria-hidden="true">
          {pairWords(pointed, examples, predictions) ?? 'Point at a pair to read it.'}
        </p>
      </div>
    </div>
  );
}

/** The example under the pointer; undefined where the task has none. */
function pairAt(event: PointerEvent, { vocabulary, tokens, size }: Examples): number | undefined {
  const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const a = Math.floor(((event.clientX - left) / width) * vocabulary);
  const b = vocabulary - 1 - Math.floor(((event.clientY - top) / height) * vocabulary);
  for (let i = 0; i < size; i++) if (tokens[0][i] === a && tokens[1][i] === b) return i;
  return undefined;
}

function pairWords(
  example: number | undefined,
  examples: Examples | undefined,
  predictions: Uint8Array | undefined,
): string | undefined {
  if (example === undefined || examples === undefined || predictions === undefined) return undefined;
  const { tokens, labels } = examples;
  return `(${tokens[0][example]}, ${tokens[1][example]}) → ${labels[example]}: ${kindNames[kindOf(examples, predictions, example)]}`;
}
