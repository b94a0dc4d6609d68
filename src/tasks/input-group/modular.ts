/** The input groups of an operation on two residues: the torus of all pairs, and the group in which the answer is a product. */

import { isPrime } from '../../config/primes.ts';
import { cyclicAxis } from './cyclic.ts';
import { elementColumns, type InputGroup, InputGroups } from './input-group.ts';
import { unitsByLogarithm } from './multiplicative.ts';

/**
 * @param N the modulus
 * @param op an operation; mul and div modulo a prime are products of units, whose pairs are then the own group
 */
export function modularInputGroups(N: number, op: string): InputGroups {
  return new InputGroups(() => groupsOf(N, op));
}

function groupsOf(N: number, op: string): { graph: InputGroup; own?: InputGroup } {
  const axis = cyclicAxis(N);
  const answer = op === 'add' ? 'same' : op === 'sub' ? 'opposite' : undefined;
  const graph: InputGroup = { axes: [axis, axis], tokens: elementColumns([N, N]), answer };
  if ((op !== 'mul' && op !== 'div') || !isPrime(N) || N < 3) return { graph };
  const units = unitsByLogarithm(N);
  const ofUnits = cyclicAxis(N - 1);
  const tokens = elementColumns([N - 1, N - 1]).map((places) =>
    places.map((place) => units[place] as number),
  );
  return { graph, own: { axes: [ofUnits, ofUnits], tokens, answer: op === 'mul' ? 'same' : 'opposite' } };
}
