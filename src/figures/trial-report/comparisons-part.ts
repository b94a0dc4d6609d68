/** The part of the report that tells what came out of each comparison. */
import type { ComparisonResult } from '../../trials/analysis.ts';
import { responsiveFigure } from '../report/page.ts';
import { confidenceLabel, effectLabel, intervalLabel, numberLabel, pLabel } from './effect-words.ts';
import { unitOf } from './endpoint-words.ts';
import { type ForestPlot, forestPlot } from './forest-plot.ts';
import { type Block, type ReportPart, textBlock } from './report-part.ts';
import { armStyles, styleOf, type TrialReport } from './trial-report.ts';
import { sentence } from './verdict-words.ts';

const WIDE = 860;

/** Every comparison with its numbers, and the forest plots. */
export function comparisonsPart({ trial, analysis }: TrialReport): ReportPart {
  const { comparisons } = analysis;
  const rows = comparisons.map((result) => [
    result.comparison.name,
    effectLabel(result.effect, result.scale) + (result.scale === 'difference' ? unitOfResult(result) : ''),
    intervalLabel(result.interval, result.scale),
    pLabel(result.p),
    pLabel(result.pHolm),
    pLabel(result.pMinimalHolm),
    String(result.pairs),
    result.verdict,
    sentence(result.reason),
    result.seedsNeeded === null ? '–' : numberLabel(result.seedsNeeded),
  ]);
  const figures = forestPlots().map((plot): Block => {
    const markup = responsiveFigure((width) => forestPlot(plot, { width }), WIDE);
    return { kind: 'figure', markup, words: `Forest plot “${plot.title}”` };
  });
  const missing = comparisons
    .filter((result) => result.missing.length > 0)
    .map(
      ({ comparison, missing }) =>
        `“${comparison.name}” leaves out ${missing.length === 1 ? 'seed' : 'seeds'} ${missing.join(', ')}, where one side has no value.`,
    );
  return {
    anchor: 'comparisons',
    heading: 'What came out',
    blocks: [
      textBlock(
        'A forest plot has a row for each comparison. The square is the effect that was seen, the line its interval: effects ' +
          `outside of it do not fit these runs well (${confidenceLabel(trial.rule.level)} interval). A line that keeps clear of “no effect” with its ` +
          'square in the tinted range speaks for the claim; a line that keeps clear of the tint speaks against it; a line that ' +
          'touches both decides nothing. The verdict itself goes by the p-values in the table, which are a little stricter.',
      ),
      ...figures,
      {
        kind: 'table',
        columns: [
          'comparison',
          'effect',
          `${confidenceLabel(trial.rule.level)} interval`,
          'p',
          'p (Holm)',
          'p as asked (Holm)',
          'seeds',
          'verdict',
          'why',
          'seeds needed',
        ],
        rows,
      },
      textBlock(
        'p is the chance of seeing an effect like this one, or a larger one, were there none. “As asked” is the chance of seeing so ' +
          'little of it, were it as large as the rule asks: where that is small, such an effect is refuted. Where the claim expects ' +
          'no difference, the first asks about effects beyond the margin and the second about those within. “Holm” makes up for ' +
          'asking so often. “Seeds needed” is a forecast for what is undecided: so many would probably decide it, were the true ' +
          'effect the one seen here.',
      ),
      ...missing.map(textBlock),
    ],
  };

  function unitOfResult({ comparison }: ComparisonResult): string {
    return unitOf(trial.endpoints[comparison.endpoint]);
  }

  /** One for all ratios, and one for each endpoint with differences, whose unit is its own. */
  function forestPlots(): ForestPlot[] {
    const styles = armStyles(trial);
    const rowsOf = (results: readonly ComparisonResult[]) =>
      results.map((result) => ({ result, color: styleOf(styles, result.comparison.arm).color }));
    const ratios = comparisons.filter(({ scale }) => scale === 'ratio');
    const differences = comparisons.filter(({ scale }) => scale === 'difference');
    const endpoints = [...new Set(differences.map(({ comparison }) => comparison.endpoint))];
    return [
      ...(ratios.length > 0
        ? [
            {
              title: 'Ratios of mean times',
              axisTitle: 'ratio of mean times (log scale): below 1 is sooner',
              scale: 'ratio' as const,
              rows: rowsOf(ratios),
            },
          ]
        : []),
      ...endpoints.map((endpoint) => ({
        title: `Differences: ${endpoint}`,
        axisTitle: `difference${trial.endpoints[endpoint]?.kind === 'lead' ? ' in steps: above 0 is earlier' : ''}`,
        scale: 'difference' as const,
        rows: rowsOf(differences.filter(({ comparison }) => comparison.endpoint === endpoint)),
      })),
    ];
  }
}
