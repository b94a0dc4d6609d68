/** The verdict of a trial with its reason in one sentence. */
import type { Analysis, ComparisonResult, Verdict } from '../../trials/analysis.ts';
import type { Rule } from '../../trials/trial.ts';
import { counted } from './effect-words.ts';

/** Why the trial has its verdict, in one sentence. */
export function verdictReason({ supportedWhen }: Rule, { verdict, comparisons }: Analysis): string {
  if (comparisons.length === 0) return 'There is nothing to compare yet.';
  if (comparisons.length === 1) return `${sentence(comparisons[0].reason)}`;
  const of = (wanted: Verdict) => comparisons.filter((result) => result.verdict === wanted);
  const all = `${comparisons.length} comparisons`;
  if (supportedWhen === 'any') {
    if (verdict === 'supported') {
      return `Of ${all}, ${came(of('supported'))} as the claim predicts, and the rule asks for one: ${names(of('supported'))}.`;
    }
    return verdict === 'contradicted'
      ? `None of the ${all} came out as the claim predicts, and the runs were enough to tell.`
      : `None of the ${all} came out as the claim predicts, and for ${names(of('undecided'))} the runs cannot tell.`;
  }
  if (verdict === 'supported') return `All ${all} came out as the claim predicts.`;
  if (verdict === 'contradicted') {
    return `Of ${all}, ${came(of('contradicted'))} against the claim: ${names(of('contradicted'))}.`;
  }
  const supported = of('supported').length;
  const rest = supported > 0 ? `; ${supported} came out as the claim predicts` : '';
  return `Of ${all}, ${counted(of('undecided').length, 'is undecided', 'are undecided')}: ${names(of('undecided'))}${rest}.`;
}

/** A sentence made of a few words that begin in lower case and have no full stop. */
export function sentence(words: string): string {
  const start = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

function came(results: readonly ComparisonResult[]): string {
  return counted(results.length, 'came out', 'came out');
}

function names(results: readonly ComparisonResult[]): string {
  return results.map(({ comparison }) => `“${comparison.name}”`).join(', ');
}
