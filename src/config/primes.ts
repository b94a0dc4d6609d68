/** Primality by trial division: moduli are below 2¹⁶, and only division (inverses modulo N) asks. */

/** The smallest prime factor of a whole number n ≥ 2; n itself when n is prime. */
export function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return factor;
  return n;
}

export function isPrime(n: number): boolean {
  return n >= 2 && smallestFactor(n) === n;
}

/** The primes next to n on both sides, e.g. 100 → [97, 101]; 2 and 3 at the lower end. */
export function neighbouringPrimes(n: number): number[] {
  let below = n - 1;
  while (below >= 2 && !isPrime(below)) below--;
  let above = n + 1;
  while (!isPrime(above)) above++;
  return below >= 2 ? [below, above] : [above];
}
