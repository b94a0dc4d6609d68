/** The parts of the report that tell what was measured: survival curves, values of every pair, arms. */
import type { ArmSummary } from '../../trials/analysis.ts';
import { responsiveFigure } from '../report/page.ts';
import { intervalLabel, numberLabel, pLabel, signedLabel } from './effect-words.ts';
import { endpointWords, type eventWords, unitOf } from './endpoint-words.ts';
import { pairStrips, type StripDot } from './pair-strips.ts';
import { type Block, type ReportPart, textBlock } from './report-part.ts';
import { survivalCurves } from './survival-curves.ts';
import { armStyles, styleOf, type TrialReport } from './trial-report.ts';

const WIDE = 860;

/** Survival curves of every endpoint that is a time, and other ways to compare the same times. */
export function survivalPart({ trial, analysis }: TrialReport): ReportPart | null {
  const { survival, comparisons } = analysis;
  const endpoints = [...new Set(survival.map(({ endpoint }) => endpoint))];
  if (endpoints.length === 0) return null;
  const styles = armStyles(trial);
  const figures = endpoints.map((endpoint): Block => {
    const curves = survival.filter((curve) => curve.endpoint === endpoint);
    const definition = trial.endpoints[endpoint];
    const what = definition?.kind === 'time' ? shortEvent(definition.event) : 'are through';
    const draw = (width: number) =>
      survivalCurves(
        { title: capital(endpoint), waiting: `Runs that have not ${what} yet`, curves, styles },
        { width },
      );
    return {
      kind: 'figure',
      markup: responsiveFigure(draw, WIDE),
      words: `Survival curves of “${endpoint}”`,
    };
  });
  const timed = comparisons.flatMap(({ comparison, times }) =>
    times === null
      ? []
      : [
          [
            comparison.name,
            `${signedLabel(times.restrictedMeanDifference)} steps`,
            intervalLabel(times.restrictedMeanInterval, 'difference'),
            `${numberLabel(times.logRankChiSquared)}, p ${pLabel(times.logRankP)}`,
            times.hazardRatio === null ? '–' : numberLabel(times.hazardRatio),
            times.hazardInterval === null ? '–' : intervalLabel(times.hazardInterval, 'ratio'),
          ],
        ],
  );
  return {
    anchor: 'survival',
    heading: 'How long it took',
    blocks: [
      textBlock(
        'A survival curve begins with all runs of an arm and steps down whenever one of them gets there; a curve farther to the ' +
          'left is a faster arm. The tint is its interval. A short upright line marks runs that were still waiting when they ' +
          'ended. Below the axis stands how many runs were still waiting at that step (Kaplan and Meier, 1958).',
      ),
      ...figures,
      ...(timed.length === 0
        ? []
        : ([
            textBlock(
              'Other ways to compare the same times. They decide nothing here unless the rule names them, but an effect that only one ' +
                'of them sees deserves distrust. A hazard ratio above 1 says that at any moment the arm is more likely to get there.',
            ),
            {
              kind: 'table',
              columns: [
                'comparison',
                'difference of mean times',
                'interval',
                'log-rank χ²',
                'hazard ratio',
                'interval of it',
              ],
              rows: timed,
            },
          ] satisfies Block[])),
    ],
  };
}

/** A strip plot for every endpoint that is no time, and for comparisons of two endpoints within one arm. */
export function valuesPart(report: TrialReport): ReportPart | null {
  const { trial, results } = report;
  const styles = armStyles(trial);
  const dotsOf = (arm: string, endpoint: string) =>
    results.runs
      .filter((run) => run.arm === arm)
      .flatMap((run): StripDot[] => {
        const read = run.endpoints[endpoint];
        const value = read?.value ?? null;
        return value === null ? [] : [{ seed: run.seed, value, observed: read.observed }];
      });
  const ofArms = Object.entries(trial.endpoints)
    .filter(([, { kind }]) => kind !== 'time')
    .map(([endpoint, { kind }]) => ({
      title: capital(endpoint),
      axisTitle: kind === 'lead' ? 'steps: above 0 it comes earlier' : 'value',
      rows: trial.arms.map(({ name }) => ({
        name,
        style: styleOf(styles, name),
        dots: dotsOf(name, endpoint),
      })),
    }));
  const within = trial.rule.comparisons.flatMap(({ name, arm, endpoint, against }) =>
    'endpoint' in against
      ? [
          {
            title: name,
            axisTitle: trial.endpoints[endpoint]?.kind === 'time' ? 'steps' : 'value',
            rows: [endpoint, against.endpoint].map((one) => ({
              name: one,
              style: styleOf(styles, arm),
              dots: dotsOf(arm, one),
            })),
          },
        ]
      : [],
  );
  const figures = [...ofArms, ...within].flatMap((strips): Block[] => {
    const markup = responsiveFigure((width) => pairStrips(strips, { width }), WIDE);
    return markup === '' ? [] : [{ kind: 'figure', markup, words: `Values of every run, “${strips.title}”` }];
  });
  if (figures.length === 0) return null;
  return {
    anchor: 'values',
    heading: 'Values of every pair',
    blocks: [
      textBlock(
        'A dot is a run, and a thin line joins runs of the same seed: they began with the same split and, where shapes agree, the ' +
          'same weights. The thick bar is the median of its row. An open dot is only a bound, because the run ended first.',
      ),
      ...figures,
    ],
  };
}

/** What was measured, and a row for each arm and endpoint. */
export function armsPart({ trial, analysis }: TrialReport): ReportPart {
  const abouts = trial.arms.filter(({ about }) => about !== '');
  return {
    anchor: 'arms',
    heading: 'Arms',
    blocks: [
      { kind: 'list', items: abouts.map(({ name, about }) => `“${name}”: ${about}`) },
      {
        kind: 'table',
        columns: ['arm', 'endpoint', 'runs', 'got there', 'median', 'mean', 'middle half'],
        rows: analysis.arms.map((summary) => armRow(summary)),
      },
      textBlock(
        'The mean of a time is restricted: the area under its survival curve up to the budget, where runs that never got ' +
          'there count with the whole of it. The median is where that curve passes one half, and unknown where it never does.',
      ),
      {
        kind: 'list',
        items: Object.entries(trial.endpoints).map(
          ([name, endpoint]) => `“${name}”: ${endpointWords(endpoint)}.`,
        ),
      },
    ],
  };

  function armRow({ arm, endpoint, runs, observed, median, mean, quartiles }: ArmSummary): string[] {
    const unit = unitOf(trial.endpoints[endpoint]);
    const written = (value: number | null) => (value === null ? 'not reached' : numberLabel(value) + unit);
    return [
      arm,
      endpoint,
      String(runs),
      String(observed),
      written(median),
      mean === null ? '–' : numberLabel(mean) + unit,
      quartiles === null ? '–' : `${numberLabel(quartiles.low)} to ${numberLabel(quartiles.high)}`,
    ];
  }
}

function shortEvent(event: Parameters<typeof eventWords>[0]): string {
  if (!('milestone' in event)) return 'got there';
  return { memorized: 'memorised', grokked: 'grokked', first_crossing: 'crossed the threshold' }[
    event.milestone
  ];
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
