/** What a task hands to models and training: tokens, labels, the split, and the structure the labels hide. */
import type { InputGroups } from './input-group/index.ts';
import type { Split } from './split.ts';

/** What is there to be understood; measures read from it which characters and graphs to look for. */
export interface CyclicStructure {
  kind: 'cyclic';
  modulus: number;
  op: string;
}

/** Every example a task knows, with labels and split. */
export interface Dataset {
  /** Examples the task knows. */
  size: number;
  /** Operand columns, each [size], values 0 … vocabulary − 1. */
  tokens: Int32Array[];
  vocabulary: number;
  classes: number;
  /** [size], 0 … classes − 1, with label noise on train examples only. */
  labels: Int32Array;
  /** [size], without noise. */
  cleanLabels: Int32Array;
  /** Every example number in exactly one of three parts, each part ascending. */
  split: Split;
  structure: CyclicStructure;
  /** All inputs as elements of groups, made when asked for; absent where they cannot be listed, or no group is natural. */
  inputs?: () => InputGroups;
}
