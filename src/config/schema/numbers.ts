/** The kinds of number a configuration holds; zod's checks become the JSON Schema's ranges and the words of the errors. */
import { z } from 'zod';

/** Seeds key Philox streams, whose words are 32 bits wide. */
export const seed = z.int().min(0).max(0xffffffff);

/** A whole number of at least 1: widths, steps, patience. */
export const count = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** A whole number of at least 0: steps that may be none at all. */
export const steps = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A share of something: 0 to 1, both included. */
export const share = z.number().min(0).max(1);

/** A share that must leave something over: 0 to 1, without 1. */
export const partialShare = z.number().min(0).lt(1);
