/** What a task hands to models and training: tokens, labels, the split, and the structure the labels hide. */

import type { FiniteGroup } from './groups/finite_group.ts';
import type { InputGroups } from './input-group/index.ts';
import type { Split } from './split.ts';

/** Arithmetic on Z_N. What is there to be understood; measures read from it which characters and graphs to look for. */
export interface CyclicStructure {
  kind: 'cyclic';
  modulus: number;
  op: string;
}

/** Composition in a finite group; tokens and labels are numbers of its elements. */
export interface GroupStructure {
  kind: 'group';
  group: FiniteGroup;
}

/** The parity of a few bits of a string. */
export interface ParityStructure {
  kind: 'parity';
  bits: number;
  /** The k coordinates that the label is the product of, ascending. */
  coordinates: readonly number[];
}

/** A sequence that is to be said again. */
export interface CopyStructure {
  kind: 'copy';
  alphabet: number;
  length: number;
}

/** Nothing: labels were drawn. */
export interface NoStructure {
  kind: 'none';
}

export type Structure = CyclicStructure | GroupStructure | ParityStructure | CopyStructure | NoStructure;

/** Every example a task knows, with labels and split. */
export interface Dataset {
  /** Examples the task knows. */
  size: number;
  /** Operand columns, each [size], values 0 … vocabulary − 1. */
  tokens: Int32Array[];
  vocabulary: number;
  classes: number;
  /** Answers of an example: 1, or as many as a sequence has tokens. */
  answers: number;
  /** [size, answers], 0 … classes − 1, with label noise on train examples only. */
  labels: Int32Array;
  /** [size, answers], without noise. */
  cleanLabels: Int32Array;
  /** Every example number in exactly one of three parts, each part ascending. */
  split: Split;
  structure: Structure;
  /** All inputs as elements of groups; absent where they cannot be listed, or no group is natural. */
  inputs?: InputGroups;
}
