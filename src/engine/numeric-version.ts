/**
 * The version of the arithmetic: it changes whenever the same experiment would give other bits (another order of a sum,
 * another polynomial, another stream of random numbers), and is part of every run's id.
 */
export const NUMERIC_VERSION = '2';
