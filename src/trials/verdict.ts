/**
 * From p-values to a verdict. Each comparison asks two questions:
 *
 * 1. Is there an effect at all? Two-sided.
 * 2. Is an effect as large as the minimal interesting one refuted? One-sided.
 *
 * *Supported*: (1) yes, in the expected direction, and the estimate is at least the minimal effect in size.
 * *Contradicted*: (2) yes, and the estimate is smaller than the minimal effect. *Undecided*: everything else.
 * Expecting `same`: supported where both one-sided tests refute effects beyond the margin (D. Schuirmann, A comparison of the two
 * one-sided tests procedure, J. Pharmacokinetics and Biopharmaceutics 15, 1987), contradicted where effects within are refuted.
 *
 * The level bounds the chance of any false verdict over all comparisons and both questions. The nulls of the two questions,
 * *no effect* and *at least the minimal effect*, exclude each other, so of 2k hypotheses at most k are true, and holm.ts with
 * groups of two multiplies by what can still be true; two procedures, one for each question, would only bound it by twice the
 * level. A trial that needs all its comparisons, or any of them, makes a false verdict only where one of its comparisons does.
 */

import type { ComparisonResult, Verdict } from './analysis.ts';
import type { Contrast } from './contrast.ts';
import { seedsFrom } from './statistics/seeds-needed.ts';
import { twoSided } from './statistics/tails.ts';
import type { Comparison, Rule } from './trial.ts';

/** The effect at which nothing differs, and the least and greatest that the rule tells apart from it. */
export interface Bounds {
  readonly none: number;
  readonly low: number;
  readonly high: number;
}

export function boundsOf({ by }: Comparison, scale: 'ratio' | 'difference'): Bounds {
  if (scale === 'difference') return { none: 0, low: -by, high: by };
  return { none: 1, low: Math.min(by, 1 / by), high: Math.max(by, 1 / by) };
}

/** Unadjusted p-values of the two questions. */
export function questions(comparison: Comparison, contrast: Contrast): { p: number; pMinimal: number } {
  const { none, low, high } = boundsOf(comparison, contrast.scale);
  switch (comparison.expect) {
    case 'smaller':
      return { p: twoSided(contrast.tails(none)), pMinimal: contrast.tails(low).greater };
    case 'larger':
      return { p: twoSided(contrast.tails(none)), pMinimal: contrast.tails(high).less };
    case 'same': {
      const [atLow, atHigh] = [contrast.tails(low), contrast.tails(high)];
      return {
        p: Math.max(atLow.greater, atHigh.less),
        pMinimal: twoSided({ less: atLow.less, greater: atHigh.greater }),
      };
    }
  }
}

type Judged = Pick<ComparisonResult, 'verdict' | 'reason' | 'seedsNeeded'>;

/** `pHolm` and `pMinimalHolm` adjusted over the whole trial. */
export function judge(
  comparison: Comparison,
  contrast: Contrast,
  { pHolm, pMinimalHolm }: { pHolm: number; pMinimalHolm: number },
  rule: Rule,
  pairs: number,
): Judged {
  const decided = comparison.expect === 'same' ? judgeSame : judgeDirection;
  const { verdict, reason } = decided(comparison, contrast, pHolm < rule.level, pMinimalHolm < rule.level);
  if (verdict !== 'undecided') return { verdict, reason, seedsNeeded: null };
  const needed = pairsNeeded(comparison, contrast, rule.level / rule.comparisons.length);
  return { verdict, reason, seedsNeeded: seedsFrom(pairs, needed) };
}

type Decision = Pick<ComparisonResult, 'verdict' | 'reason'>;

function judgeDirection(
  comparison: Comparison,
  contrast: Contrast,
  effectFound: boolean,
  minimalRefuted: boolean,
): Decision {
  const { none, low, high } = boundsOf(comparison, contrast.scale);
  const smaller = comparison.expect === 'smaller';
  const largeEnough = smaller ? contrast.effect <= low : contrast.effect >= high;
  const tails = contrast.tails(none);
  const asExpected = smaller ? tails.less < tails.greater : tails.greater < tails.less;
  if (effectFound && asExpected && largeEnough && !minimalRefuted) {
    return { verdict: 'supported', reason: 'the effect is there, and at least as large as the rule asks' };
  }
  if (minimalRefuted && !largeEnough) {
    if (!effectFound)
      return { verdict: 'contradicted', reason: 'an effect as large as the rule asks is refuted' };
    return asExpected
      ? { verdict: 'contradicted', reason: 'the effect is there but smaller than the rule asks' }
      : { verdict: 'contradicted', reason: 'the effect is in the opposite direction' };
  }
  return { verdict: 'undecided', reason: missing(effectFound, asExpected, largeEnough, minimalRefuted) };
}

function missing(
  effectFound: boolean,
  asExpected: boolean,
  largeEnough: boolean,
  minimalRefuted: boolean,
): string {
  if (largeEnough && (minimalRefuted || (effectFound && !asExpected)))
    return 'the test and the estimate point in different directions';
  if (largeEnough)
    return 'the estimate is as large as the rule asks, but that there is no effect at all is not refuted';
  if (effectFound && asExpected)
    return 'the effect is there; whether it is as large as the rule asks is open';
  if (effectFound) return 'the effect seems opposite, but one as large as the rule asks is not refuted';
  return 'these runs refute neither that there is no effect nor that it is as large as the rule asks';
}

function judgeSame(
  comparison: Comparison,
  contrast: Contrast,
  outsideRefuted: boolean,
  insideRefuted: boolean,
): Decision {
  const { low, high } = boundsOf(comparison, contrast.scale);
  const inside = contrast.effect >= low && contrast.effect <= high;
  if (outsideRefuted && inside)
    return { verdict: 'supported', reason: 'effects beyond the margin are refuted' };
  if (insideRefuted && !inside) return { verdict: 'contradicted', reason: 'the effect is beyond the margin' };
  return {
    verdict: 'undecided',
    reason: inside
      ? 'the estimate is within the margin, but effects beyond it are not refuted'
      : 'the estimate is beyond the margin, but effects within it are not refuted',
  };
}

/** Pairs that would decide the comparison were the effect as estimated, each test at `alpha`. */
function pairsNeeded(comparison: Comparison, contrast: Contrast, alpha: number): number {
  const { none, low, high } = boundsOf(comparison, contrast.scale);
  const { effect } = contrast;
  if (comparison.expect === 'same') {
    const inside = effect > low && effect < high;
    const [atLow, atHigh] = [low, high].map((bound) =>
      contrast.pairsToRefute(bound, inside ? alpha : alpha / 2),
    );
    if (inside) return Math.max(atLow, atHigh);
    return effect <= low ? atLow : atHigh;
  }
  const minimal = comparison.expect === 'smaller' ? low : high;
  const largeEnough = comparison.expect === 'smaller' ? effect <= minimal : effect >= minimal;
  return largeEnough
    ? Math.max(contrast.pairsToRefute(none, alpha / 2), contrast.pairsToLieBeyond(minimal))
    : contrast.pairsToRefute(minimal, alpha);
}

/** Of the whole claim: `all` needs every comparison, `any` one. */
export function verdictOf(verdicts: readonly Verdict[], supportedWhen: Rule['supportedWhen']): Verdict {
  const every = (verdict: Verdict) => verdicts.length > 0 && verdicts.every((one) => one === verdict);
  if (supportedWhen === 'all') {
    if (every('supported')) return 'supported';
    return verdicts.includes('contradicted') ? 'contradicted' : 'undecided';
  }
  if (verdicts.includes('supported')) return 'supported';
  return every('contradicted') ? 'contradicted' : 'undecided';
}
