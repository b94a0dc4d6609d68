import { expect, test } from 'vitest';
import { isPrime, neighbouringPrimes, smallestFactor } from './primes.ts';

test('the primes below 10,000 are those the sieve of Eratosthenes leaves', () => {
  const crossed = new Uint8Array(10000);
  for (let n = 2; n < 10000; n++) {
    expect(isPrime(n)).toBe(crossed[n] === 0);
    if (crossed[n] === 0) for (let multiple = n * n; multiple < 10000; multiple += n) crossed[multiple] = 1;
  }
});

test('0 and 1 are not prime, 4 has the factor 2, and a prime is its own smallest factor', () => {
  expect([isPrime(0), isPrime(1), smallestFactor(4), smallestFactor(97)]).toEqual([false, false, 2, 97]);
});

test('neighbours of a number leave it out', () => {
  expect(neighbouringPrimes(100)).toEqual([97, 101]);
  expect(neighbouringPrimes(4)).toEqual([3, 5]);
  expect(neighbouringPrimes(2)).toEqual([3]);
});
