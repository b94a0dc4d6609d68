/** Task `modular`: an operation on Z_N, which pairs (a, b) exist, and how they are divided. */
import { z } from 'zod';
import type { BrokenRule } from '../broken-rule.ts';
import { configIssue } from '../error.ts';
import { isPrime, neighbouringPrimes, smallestFactor } from '../primes.ts';
import { labelNoise, operandCount, pairSplitKeys, pairsKind, trainFraction } from './keys.ts';
import { pairTask } from './pair-task.ts';

export const operations = [
  'add',
  'sub',
  'mul',
  'div',
  'x^2+y^2',
  'x^2+xy+y^2',
  'x^3+xy',
  'x^3+xy^2+y',
] as const;

export type Operation = (typeof operations)[number];

const schema = z
  .strictObject({
    N: operandCount(
      'The modulus. Default 53: the everyday example, with seconds of training before it groks.',
    ),
    op: z
      .enum(operations)
      .default('add')
      .describe(
        'The operation, taken modulo N; div is a·b⁻¹ without the pairs b = 0, and needs a prime N. Default add: the task of the grokking literature.',
      ),
    pairs: pairsKind(
      'ordered: all (a, b); unordered: a ≤ b only. Default ordered, as in most published runs; with a commutative operation (b, a) in train then gives (a, b) away.',
    ),
    train_fraction: trainFraction(
      'Share of the pairs in the train pool. Default 0.5: enough to understand N = 53 within 3,000 steps.',
    ),
    ...pairSplitKeys,
    label_noise: labelNoise,
  })
  .meta({ title: 'dataset of task modular', description: 'An operation on the residues modulo N.' });

/** Arithmetic on residues. */
export const modular = pairTask(schema, {
  classes: ({ N }) => N,
  title: ({ op, N }) => `${op} modulo ${N}`,
  rules: [divisionNeedsPrime],
});

function divisionNeedsPrime({ op, N }: { op: Operation; N: number }): BrokenRule | null {
  if (op !== 'div' || isPrime(N)) return null;
  const factor = smallestFactor(N);
  return {
    issue: configIssue({
      path: ['dataset', 'N'],
      message: `dataset.N must be prime for op div, which needs an inverse for every b ≠ 0, got ${N} = ${factor}·${N / factor}`,
      expected: 'a prime',
      got: String(N),
      suggestion: `the nearest primes are ${neighbouringPrimes(N).join(' and ')}`,
    }),
    others: [['dataset', 'op']],
  };
}
