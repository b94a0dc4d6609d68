/** The report of a run: one HTML page with its figures, its settings and how to repeat it, for reading, sending and printing. */
import type { MilestoneOptions, Milestones } from '../../training/milestones.ts';
import { accuracyCurvesOf } from '../../training/summary.ts';
import { accuracyCurves } from '../accuracy-curves.ts';
import { embeddingPlanes } from '../embedding-planes.ts';
import type { RunFigures } from '../figure-set.ts';
import type { FigureOptions } from '../line-chart.ts';
import { lossCurves } from '../loss-curves.ts';
import { percentLabel, stepLabel } from '../number-labels.ts';
import { milestonesOf, milestoneWords } from '../run-figure.ts';
import { spectralCurves } from '../spectral-curves.ts';
import { spectrumHeatMap } from '../spectrum-heat-map.ts';
import { escaped } from '../svg.ts';
import { page, plain, responsiveFigure, section, smallFigure, table } from './page.ts';

/** What a report tells of a run. */
export interface RunReport extends RunFigures {
  /** What was trained, in a sentence (training-sentence.ts). */
  readonly trained: string;
  /** False for a run that goes on, or was interrupted. */
  readonly finished: boolean;
  /** The text of config.yaml. */
  readonly configText: string;
  readonly runId: string;
  readonly numericVersion: string;
  /** The machine in words. */
  readonly machine: string;
  /** The command line that was given. */
  readonly command: string;
  /** The command line that repeats the run from a file config.yaml with the settings. */
  readonly repeat: string;
}

/** Spectra in a report at most; of more, some are chosen. */
export const REPORTED_SPECTRA = 6;

/** `count` of the items as evenly as possible, the first and the last among them; all if there are not more. */
export function evenlyChosen<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]);
}

/**
 * The report as an HTML document that needs no other file and asks nothing of the network. Figures follow the reader's
 * preference for light or dark.
 * @throws RangeError if the milestone options are out of range, or a spectrum cannot be drawn.
 */
export function runReport(
  run: RunReport,
  options: MilestoneOptions & Pick<FigureOptions, 'xscale'> = {},
): string {
  const milestones = milestonesOf(run, options);
  const curves = [
    responsiveFigure((width) => accuracyCurves({ ...run, name: 'Accuracy' }, { ...options, width }), 540),
    responsiveFigure((width) => lossCurves({ ...run, name: 'Loss' }, { ...options, width }), 540),
  ].join('\n');
  const spectral = responsiveFigure(
    (width) => spectralCurves({ ...run, name: 'Spectral measures' }, { ...options, width }),
    860,
  );
  const maps = evenlyChosen(run.spectra ?? [], REPORTED_SPECTRA).map((spectrum) =>
    smallFigure(spectrumHeatMap({ ...spectrum, name: `Step ${stepLabel(spectrum.step)}` }, { width: 352 })),
  );
  const planes = run.planes?.at(-1);
  const embedding =
    planes === undefined
      ? ''
      : responsiveFigure(
          (width) => embeddingPlanes({ ...planes, name: 'Planes of the embedding' }, { width }),
          1080,
        );
  return page(`${run.name} – grokscope`, [
    '<header>',
    `<h1>${escaped(run.name)}</h1>`,
    plain(run.trained),
    plain(`${milestoneWords(milestones)}${run.finished ? '' : ' The run is not finished.'}`),
    '</header>',
    ...section('Milestones', milestoneTable(run, milestones, options)),
    ...section('Accuracy and loss', curves.trim() === '' ? '' : `<div class="row">\n${curves}\n</div>`),
    ...section('Geometry', spectral, spectral === '' ? '' : plain(spectralWords)),
    ...section(
      'Spectra of the logits',
      maps.length > 0 ? `<div class="maps">\n${maps.join('\n')}\n</div>` : '',
    ),
    ...section('Embedding', embedding),
    ...section('Settings', `<pre><code>${escaped(run.configText)}</code></pre>`),
    ...section('How to repeat it', ...repetition(run)),
  ]);
}

const spectralWords =
  'The logits are a function on the graph of all inputs, for pairs (a, b) a torus; its modes are waves along it. “All modes” ' +
  'counts the common offset of the logits too, which softmax ignores; “gauge removed” does not. Which modes are low depends ' +
  'on how the inputs are labelled; the share of the diagonal, the functions of the answer alone, and the best relabelling do not.';

function milestoneTable(
  { rows }: RunReport,
  milestones: Milestones,
  { memorizeThreshold = 0.99, grokThreshold = 0.95, grokPatience = 3 }: MilestoneOptions,
): string {
  const { last_step: last } = milestones;
  if (last === null) return plain('No accuracies were recorded.');
  const notYet = `not by step ${stepLabel(last)}`;
  const at = (step: number | null) => (step === null ? notYet : `step ${stepLabel(step)}`);
  const { train, val, test } = accuracyCurvesOf(rows);
  const heldOut = test?.length ? test : val;
  const evaluations = grokPatience === 1 ? 'one evaluation' : `${grokPatience} evaluations in a row`;
  const ends = Object.entries({ train, 'held-out': heldOut }).flatMap(([name, curve]) => {
    const end = curve.at(-1);
    return end === undefined
      ? []
      : [[`${name} accuracy at step ${stepLabel(end.step)}`, percentLabel(end.accuracy)]];
  });
  return table(
    ['what', 'when'],
    [
      [`memorised: train accuracy ${percentLabel(memorizeThreshold)}`, at(milestones.memorized_step)],
      [
        `first crossing: held-out accuracy ${percentLabel(grokThreshold)}`,
        at(milestones.first_crossing_step),
      ],
      [`grokked: the same for ${evaluations}`, at(milestones.grokked_step)],
      ['delay', milestones.delay === null ? '–' : `${stepLabel(milestones.delay)} steps`],
      ...ends,
    ],
  );
}

function repetition({ runId, numericVersion, machine, command, repeat }: RunReport): string[] {
  const facts = [
    ['run id', `<code>${escaped(runId)}</code>`],
    ['numeric version', escaped(numericVersion)],
    ['made on', escaped(machine)],
    ['made by', `<code>${escaped(command)}</code>`],
  ];
  return [
    plain('Save the settings above as config.yaml, then:'),
    `<pre><code>${escaped(repeat)}</code></pre>`,
    plain(
      `With the same numeric version every machine gives the same run id, and a metrics.csv of the same bytes.`,
    ),
    `<dl>\n${facts.map(([name, fact]) => `<dt>${name}</dt><dd>${fact}</dd>`).join('\n')}\n</dl>`,
  ];
}
