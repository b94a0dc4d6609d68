import { expect, test } from 'vitest';
import type { Analysis, Verdict } from '../../trials/analysis.ts';
import type { Comparison, Endpoint } from '../../trials/trial.ts';
import { effectLabel, intervalLabel, numberLabel, pLabel } from './effect-words.ts';
import { predictionWords } from './rule-words.ts';
import { verdictReason } from './verdict-words.ts';

const endpoints: Record<string, Endpoint> = {
  wait: { kind: 'time', event: { milestone: 'grokked' }, after: { milestone: 'memorized' } },
  lead: { kind: 'lead', event: { milestone: 'memorized' }, over: { milestone: 'grokked' } },
  norm: { kind: 'value', column: 'weight_norm', split: 'train', at: 'last' },
};

function words(part: Partial<Comparison>): string {
  const comparison: Comparison = {
    name: 'c',
    arm: 'decay',
    endpoint: 'wait',
    against: { arm: 'none' },
    expect: 'smaller',
    by: 0.8,
    test: 'log_rank',
    ...part,
  };
  return predictionWords({ endpoints }, comparison);
}

test('a prediction is a sentence with its sides, its direction and its size', () => {
  expect(words({})).toBe('On average “wait” in “decay” is at most 0.8 times as long as in “none”.');
  expect(words({ expect: 'same' })).toContain('between 0.8 and 1.25 times as long as in “none”');
  expect(words({ expect: 'larger', by: 2, against: { endpoint: 'lead' } })).toContain(
    'at least 2 times as long as “lead” in the same runs',
  );
  expect(words({ endpoint: 'lead', expect: 'larger', by: 5, against: { number: 0 } })).toBe(
    '“lead” in “decay” is higher than the number 0 by at least 5 steps.',
  );
  expect(words({ endpoint: 'norm', expect: 'same', by: 3 })).toBe(
    '“norm” in “decay” differs from that in “none” by less than 3.',
  );
});

test('numbers have few digits, and none of them the words of a program', () => {
  expect([numberLabel(1234.5), numberLabel(-0.012345), numberLabel(Number.NaN)]).toEqual([
    '1235',
    '−0.0123',
    '–',
  ]);
  expect(effectLabel(0.71828, 'ratio')).toBe('× 0.718');
  expect(effectLabel(12, 'difference')).toBe('+12');
  expect(intervalLabel({ low: -3, high: Number.POSITIVE_INFINITY }, 'difference')).toBe('−3 to ∞');
  expect([pLabel(0.04567), pLabel(1e-9), pLabel(1)]).toEqual(['0.046', '<0.001', '1']);
});

test.each([
  ['all', ['supported', 'supported'], 'supported', 'All 2 comparisons came out as the claim predicts.'],
  ['all', ['supported', 'contradicted'], 'contradicted', 'one came out against the claim: “c1”.'],
  [
    'all',
    ['supported', 'undecided'],
    'undecided',
    'one is undecided: “c1”; 1 came out as the claim predicts.',
  ],
  [
    'any',
    ['undecided', 'supported'],
    'supported',
    'one came out as the claim predicts, and the rule asks for one: “c1”.',
  ],
  [
    'any',
    ['undecided', 'contradicted'],
    'undecided',
    'None of the 2 comparisons came out as the claim predicts, and for “c0”',
  ],
] as const)(
  'where %s must hold, %j is %s for a stated reason',
  (supportedWhen, verdicts, verdict, reason) => {
    const comparisons = verdicts.map((one: Verdict, i) => ({
      verdict: one,
      comparison: { name: `c${i}` },
      reason: 'r',
    }));
    const analysis = { verdict, comparisons } as unknown as Analysis;
    expect(verdictReason({ level: 0.05, supportedWhen, comparisons: [] }, analysis)).toContain(reason);
  },
);
