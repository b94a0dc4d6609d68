/** All parts of a trial's report in reading order: what warns, the rule, what came out, every run, how to repeat it. */
import type { ConfigDifference } from '../../runs/run-id.ts';
import { isJudgedBy } from '../../trials/judged-by.ts';
import type { Trial } from '../../trials/trial.ts';
import { comparisonsPart } from './comparisons-part.ts';
import { counted } from './effect-words.ts';
import { armsPart, survivalPart, valuesPart } from './measured-parts.ts';
import { type ReportPart, textBlock } from './report-part.ts';
import { predictionWords, testWords, verdictRuleWords } from './rule-words.ts';
import { censoringPart, limitsPart, repetitionPart, runsPart } from './run-parts.ts';
import type { TrialReport } from './trial-report.ts';

/** The parts below the question and the verdict. */
export function reportParts(report: TrialReport): ReportPart[] {
  const parts = [
    pilotPart(report),
    changesPart(report),
    rulePart(report),
    comparisonsPart(report),
    survivalPart(report),
    valuesPart(report),
    armsPart(report),
    runsPart(report),
    censoringPart(report),
    limitsPart(report),
    repetitionPart(report),
  ];
  return parts.filter((part) => part !== null);
}

function pilotPart({ trial, pilot }: TrialReport): ReportPart | null {
  if (pilot === null) return null;
  return {
    anchor: 'pilot',
    heading: 'This is a pilot',
    warning: true,
    blocks: [
      textBlock(
        `It ran ${counted(trial.seeds.length, 'seed')} where the trial asks for ${pilot.registeredSeeds}. A pilot shows whether the ` +
          'trial works and how long it takes. Its verdict is not that of the trial.',
      ),
    ],
  };
}

function changesPart({ changes }: TrialReport): ReportPart | null {
  if (changes.length === 0) return null;
  const weighty = changes.some(isJudgedBy);
  return {
    anchor: 'changes',
    heading: 'Changed after the first run',
    warning: weighty,
    blocks: [
      textBlock(
        weighty
          ? 'The file no longer says what it said before the first run. Whoever made these changes could know some of the ' +
              'results, so the verdict below is worth less than one by a rule fixed beforehand:'
          : 'Only words changed by which nothing is judged; claim, arms, endpoints and rule are what they were before the ' +
              'first run:',
      ),
      { kind: 'list', items: changes.map(changeWords) },
    ],
  };
}

/** For example: rule.level: was 0.05, is 0.1. */
function changeWords({ key, there, here }: ConfigDifference): string {
  return `${key}: was ${there ?? 'nothing'}, is ${here ?? 'nothing'}`;
}

function rulePart({ trial, results, changes }: TrialReport): ReportPart {
  const { registered } = results;
  const before = registered.runs_before ?? 0;
  const isAsRegistered = before === 0 && !changes.some(isJudgedBy);
  return {
    anchor: 'rule',
    heading: isAsRegistered
      ? 'The rule, fixed before the first run'
      : 'The rule, not fixed before the first run',
    blocks: [
      {
        kind: 'list',
        items: trial.rule.comparisons.map(
          (comparison) =>
            `“${comparison.name}”: ${predictionWords(trial, comparison)} Test: ${testWords(comparison.test)}.`,
        ),
      },
      ...verdictRuleWords(trial.rule).map(textBlock),
      textBlock(
        `There are ${counted(trial.seeds.length, 'seed')}: ${seedWords(trial)}. Runs of one seed form a pair over all arms: the same ` +
          'split into train and held-out examples and, where shapes agree, the same initial weights.',
      ),
      textBlock(
        `Registered on ${registered.date.slice(0, 10)}, when the first run began; SHA-256 of the plan${changes.length > 0 ? ' as it was then' : ''}: ${registered.hash}.`,
      ),
      ...(before === 0
        ? []
        : [
            textBlock(
              `By then ${counted(before, 'run')} had been computed, as by a pilot: whoever wrote the rule could know what came of them.`,
            ),
          ]),
    ],
  };
}

function seedWords({ seeds }: Trial): string {
  const gapless = seeds.length > 2 && seeds.every((seed, i) => seed === seeds[0] + i);
  return gapless ? `${seeds[0]} to ${seeds[seeds.length - 1]}` : seeds.join(', ');
}
