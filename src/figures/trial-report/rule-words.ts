/** The rule of a trial in words: what each comparison predicts, and how its verdict is made. */
import type { Comparison, ComparisonTest, Rule, Trial } from '../../trials/trial.ts';
import { numberLabel } from './effect-words.ts';
import { unitOf } from './endpoint-words.ts';

const tests: Readonly<Record<ComparisonTest, string>> = {
  restricted_mean: 'restricted means over seeds, by permutation and by bootstrap, which must agree',
  log_rank: 'log-rank test, stratified by seed',
  wilcoxon: 'Wilcoxon signed-rank test over seeds',
  sign: 'sign test over seeds',
};

/** The test of a comparison by its usual name. */
export function testWords(test: ComparisonTest): string {
  return tests[test];
}

/** What a comparison predicts, as a sentence. */
export function predictionWords({ endpoints }: Pick<Trial, 'endpoints'>, comparison: Comparison): string {
  const { arm, endpoint, against, expect, by } = comparison;
  const unit = unitOf(endpoints[endpoint]);
  const other =
    'arm' in against
      ? `that in “${against.arm}”`
      : 'endpoint' in against
        ? `“${against.endpoint}” in the same runs`
        : `the number ${numberLabel(against.number)}`;
  const what = `“${endpoint}” in “${arm}”`;
  if (endpoints[endpoint]?.kind === 'time') {
    const reference = `as long as ${'arm' in against ? `in “${against.arm}”` : other}`;
    const inverse = numberLabel(1 / by);
    if (expect === 'smaller') return `On average ${what} is at most ${numberLabel(by)} times ${reference}.`;
    if (expect === 'larger') return `On average ${what} is at least ${numberLabel(by)} times ${reference}.`;
    return `On average ${what} is between ${numberLabel(by)} and ${inverse} times ${reference}.`;
  }
  const amount = `${numberLabel(by)}${unit}`;
  if (expect === 'smaller') return `${capital(what)} is lower than ${other} by at least ${amount}.`;
  if (expect === 'larger') return `${capital(what)} is higher than ${other} by at least ${amount}.`;
  return `${capital(what)} differs from ${other} by less than ${amount}.`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How the verdict of the trial follows from those of its comparisons, as sentences. */
export function verdictRuleWords({ level, supportedWhen, comparisons }: Rule): string[] {
  const percent = numberLabel(100 * level);
  const several = comparisons.length > 1;
  const all = supportedWhen === 'all' || !several;
  return [
    'A comparison is supported when three things hold: an effect is there that chance does not explain, it goes the way the claim ' +
      'predicts, and it is seen to be at least as large as the rule asks. It is contradicted when an effect as large as that is ' +
      'refuted. Everything else is undecided. (Where the claim expects no difference: supported when differences beyond the margin ' +
      'are refuted, contradicted when those within are.)',
    several
      ? `There are ${comparisons.length} comparisons, and with so many chances one would come out by luck. Their p-values are ` +
        `therefore raised by Holm’s method, so that the chance of any false verdict stays at or below ${percent} %.`
      : `The chance of a false verdict is at most ${percent} %.`,
    all
      ? several
        ? 'The claim is supported when all comparisons are, contradicted when one of them is, and otherwise undecided.'
        : 'The claim has the verdict of its one comparison.'
      : 'The claim is supported when at least one comparison is, contradicted when all of them are, and otherwise undecided.',
    'Undecided means that these runs cannot tell: it speaks neither for the claim nor against it.',
  ];
}
