/**
 * The units of Z_p for a prime p: a cyclic group of order p − 1, its elements in the order of their discrete logarithms, so that
 * multiplication modulo p is addition of places.
 */

/** 1, g, g², … for the least primitive root g of the prime p. */
export function unitsByLogarithm(p: number): Int32Array {
  for (let g = 1; ; g++) {
    const powers = Int32Array.from({ length: p - 1 });
    let power = 1;
    let place = 0;
    do {
      powers[place++] = power;
      power = (power * g) % p;
    } while (power !== 1 && place < p - 1);
    if (place === p - 1 && power === 1) return powers;
  }
}
