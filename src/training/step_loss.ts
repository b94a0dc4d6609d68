/** What a step minimises: the mean loss over its examples, or, for objective `reinforce`, minus the reward they expect. */

import type { TrainConfig } from '../config/index.ts';
import { type Expr, meanExamples } from '../engine/index.ts';
import { exampleLoss } from './losses/index.ts';
import { reinforce, type StepLoss } from './reinforce.ts';

export function stepLoss(logits: Expr, label: Expr, train: TrainConfig): StepLoss {
  if (train.objective === 'reinforce') return reinforce(logits, label, train);
  return { meanLoss: meanExamples(exampleLoss(logits, label, train)), state: [], updates: [] };
}
