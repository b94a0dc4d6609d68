/** How the network is trained: loss, optimiser, schedule, and how often the run is looked at. */
import { z } from 'zod';
import { count, partialShare, share, steps } from './numbers.ts';

const dtype = z.enum(['f32', 'f64']);

const schedulerSchema = z
  .strictObject({
    name: z
      .enum([
        'constant',
        'linear',
        'cosine',
        'constant_with_warmup',
        'linear_with_warmup',
        'cosine_with_warmup',
      ])
      .default('constant_with_warmup')
      .describe('Course of the learning rate. Default constant_with_warmup, the reference.'),
    warmup_steps: steps
      .default(10)
      .describe('Steps of linear rise in the *_with_warmup schedules. Default 10, the reference.'),
    min_lr_ratio: share
      .default(0)
      .describe('Share of lr at which linear and cosine end. Default 0: down to nothing.'),
  })
  .prefault({});

const emaSchema = z
  .strictObject({
    use: z.boolean().default(false).describe('Evaluate a moving average of the weights. Default false.'),
    decay: partialShare.default(0.999).describe('Share of the old average kept per step. Default 0.999.'),
  })
  .prefault({});

export const trainSchema = z
  .strictObject({
    total_steps: steps
      .default(3000)
      .describe('Steps of the run. Default 3,000: the default experiment has grokked by then in most seeds.'),
    optimizer: z
      .enum(['adamw', 'adam', 'sgd'])
      .default('adamw')
      .describe('Default adamw, with which grokking is usually studied.'),
    lr: z.number().gt(0).default(1e-3).describe('Learning rate. Default 1e-3, the reference.'),
    momentum: partialShare.default(0).describe('Momentum of sgd. Default 0: plain gradient descent.'),
    nesterov: z.boolean().default(false).describe('Nesterov momentum in sgd. Default false.'),
    weight_decay: z
      .number()
      .min(0)
      .optional()
      .describe('Strength of weight decay. Default 1 with adamw (the reference), 0 with adam and sgd.'),
    weight_decay_kind: z
      .enum(['decoupled', 'l2', 'loss', 'none'])
      .optional()
      .describe(
        'decoupled: w −= lr·wd·w; l2: wd·w added to the gradient; loss: wd/2·‖θ‖² added to the objective. Default decoupled with adamw, l2 with adam and sgd.',
      ),
    betas: z
      .tuple([partialShare, partialShare])
      .default([0.9, 0.98])
      .describe('Decay rates of the two moments of Adam. Default [0.9, 0.98], the reference.'),
    eps: z.number().gt(0).default(1e-8).describe("Added to the root of Adam's second moment. Default 1e-8."),
    scheduler: schedulerSchema,
    grad_clip_norm: z
      .number()
      .gt(0)
      .nullable()
      .default(null)
      .describe('Largest global norm of the gradient. Default null: not clipped.'),
    norm_clamp: z
      .number()
      .gt(0)
      .nullable()
      .default(null)
      .describe('‖θ‖ that all weights are rescaled to after each step. Default null: the norm is free.'),
    ema: emaSchema,
    dtype: dtype.default('f32').describe('Number format of weights and arithmetic. Default f32.'),
    objective: z
      .enum(['labels', 'reinforce'])
      .default('labels')
      .describe(
        'labels: the loss below is minimised; reinforce: answers are drawn from softmax(logits / temperature) and only their reward is learned from (a one-step policy gradient), the loss is merely logged. Default labels.',
      ),
    baseline_decay: partialShare
      .default(0.9)
      .describe(
        'Share of the old baseline, the moving average of the reward, kept per step of reinforce. Default 0.9; not used by labels.',
      ),
    loss: z
      .enum(['cross_entropy', 'mse', 'hinge', 'stablemax'])
      .default('cross_entropy')
      .describe('Default cross_entropy, the reference.'),
    log_softmax_dtype: dtype
      .optional()
      .describe('Number format of the log-softmax in cross_entropy. Default: train.dtype.'),
    temperature: z.number().gt(0).default(1).describe('Divides the logits in the loss. Default 1.'),
    label_smoothing: partialShare
      .default(0)
      .describe('Share of the target spread over all classes (cross_entropy, stablemax). Default 0.'),
    log_interval_steps: count.default(100).describe('Steps between progress lines. Default 100.'),
    eval_every_steps: count
      .default(20)
      .describe('Steps between evaluations. Default 20: fine enough to place a jump, cheap beside training.'),
    checkpoint_every_steps: count
      .default(500)
      .describe('Steps between checkpoints; the last step always has one. Default 500.'),
    stop_after_grok_steps: steps
      .nullable()
      .default(null)
      .describe('Steps to go on after stable grokking. Default null: run to total_steps.'),
  })
  .meta({ title: 'train' });

/** Every key set: decay, its kind and `log_softmax_dtype` have been filled in from the rest. */
export type TrainConfig = Required<z.output<typeof trainSchema>>;
