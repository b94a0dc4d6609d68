/**
 * The learning rate of each step. Steps count from 1. Warm-up over w steps multiplies by step/w up to step w, where the
 * full rate is reached; from there linear and cosine descend to min_lr_ratio·lr at the last step. Without warm-up w is
 * 1: the first step has the full rate.
 */

import type { TrainConfig } from '../config/index.ts';
import { cosineOfTurns } from '../engine/turns.ts';

/** Share of the way from full rate (1) to the smallest (0) when a share t of the descent is done. */
const courses = {
  constant: () => 1,
  linear: (t: number) => 1 - t,
  cosine: (t: number) => 0.5 * (1 + cosineOfTurns(t / 2)), // ½(1 + cos πt)
};

/**
 * lr · min(1, step/w) · (r + (1 − r)·course(t)), t = (step − w)/(total_steps − w) held in [0, 1], r = min_lr_ratio
 * (no r in constant).
 *
 * @returns the rate of a step, from 1; after total_steps it stays at its last value
 */
export function schedule({
  lr,
  total_steps,
  scheduler,
}: Pick<TrainConfig, 'lr' | 'total_steps' | 'scheduler'>): (step: number) => number {
  const { name, warmup_steps, min_lr_ratio } = scheduler;
  const warm = name.endsWith('_with_warmup') ? Math.max(warmup_steps, 1) : 1;
  const course = courses[name.replace('_with_warmup', '') as keyof typeof courses];
  const descent = Math.max(total_steps - warm, 1);
  return (step) => {
    if (step < warm) return lr * (step / warm);
    const t = Math.min(1, (step - warm) / descent);
    return lr * (min_lr_ratio + (1 - min_lr_ratio) * course(t));
  };
}
