/** How much memory a training will need, estimated before anything is allocated, and whether this machine has it. */

import { totalmem } from 'node:os';
import { type Experiment, splitSizes, taskShape } from '../config/index.ts';
import { settingsOf } from '../config/tasks/index.ts';
import { countOperations, type Expr, type Graph, meanExamples, predictBytes } from '../engine/index.ts';
import type { Dataset } from '../tasks/index.ts';
import { buildNetwork } from '../training/trainer.ts';
import { bytesText } from './number-words.ts';

export interface PredictedMemory {
  /** Of the WebAssembly memory: parameters, optimiser, columns of the data set, scratch of the programs. */
  readonly machineBytes: number;
  /** Of the whole process. */
  readonly totalBytes: number;
  /** Floating-point operations of a step, about. */
  readonly stepOperations: number;
}

/** WebAssembly addresses have 32 bits. */
const WEBASSEMBLY_BYTES = 2 ** 32;
/** Node, the compiled kernels, the code: measured with an experiment of no size. */
const PROCESS_BYTES = 80e6;
/** Numbers and tokens are 32-bit words. */
const WORD_BYTES = 4;
/** Beside tokens and labels, while it is built: the permutation, the pool and the parts of the split. */
const SPLIT_WORDS = 4;
/** Predictions have come out up to 8 % low: evaluation keeps tables of its own. */
const MARGIN = 1.1;
/** A state in float64 before the start, then its copy, its file and the file's copy at each checkpoint. */
const STATE_COPIES = 4;

/**
 * Works for every experiment that the configuration accepts, since nothing of its size is built.
 * @param threads that the training will run on, each with scratch of its own
 */
export function predictMemory(experiment: Experiment, threads = 1): PredictedMemory {
  const { loader } = experiment;
  const { examples: size, operands, answers } = taskShape(experiment);
  // In the WebAssembly memory: tokens, labels and the order of evaluation; on the host labels with and without noise.
  const columns = WORD_BYTES * size * (operands + answers + 1);
  const data = WORD_BYTES * size * (operands + 2 * answers + SPLIT_WORDS);
  const train = trainExamples(experiment);
  const batch = loader.batch_size === 'full' ? train : Math.min(loader.batch_size, train);
  const { meanLoss, rule, penalty, evaluated, model } = buildNetwork(experiment, emptyDataset(experiment));
  const step = { outputs: { loss: meanLoss, gradientNorm: rule.gradientNorm }, updates: rule.updates };
  const evaluation = { outputs: { mean: meanExamples(evaluated.logits) } };
  const besideStep = penalty && {
    graph: penalty.graph,
    examples: penalty.penalty.inputs === 'train' ? train : penalty.examples,
  };
  const programs =
    MARGIN *
    (predictBytes(step, batch, threads) +
      predictBytes(evaluation, 1, threads) +
      (besideStep ? predictBytes(besideStep.graph, besideStep.examples, threads) : 0));
  const state = [...model.parameters, ...rule.state, ...rule.shadows.values()];
  const stateBytes = state.reduce((bytes, node) => bytes + bytesOf(node), 0);
  const machineBytes = programs + columns;
  return {
    machineBytes,
    totalBytes: machineBytes + data + STATE_COPIES * stateBytes + PROCESS_BYTES,
    stepOperations:
      operationsOf(step, batch) + (besideStep ? operationsOf(besideStep.graph, besideStep.examples) : 0),
  };
}

/** Nearly, for split hash: counting the pairs of a large modulus takes long. */
function trainExamples(experiment: Experiment): number {
  const { dataset } = experiment;
  if (!('split' in dataset) || dataset.split === 'random') return splitSizes(experiment).train;
  return Math.ceil(dataset.train_fraction * taskShape(experiment).examples);
}

function operationsOf({ outputs, updates = [] }: Graph, examples: number): number {
  return countOperations([...Object.values(outputs), ...updates.flat()], examples);
}

/** What the network needs to know of the data, without any. */
function emptyDataset(experiment: Experiment): Dataset {
  const { operands, vocabulary, classes, answers } = taskShape(experiment);
  const none = new Int32Array(0);
  return {
    size: 0,
    tokens: new Array<Int32Array>(operands).fill(none),
    vocabulary,
    classes,
    answers,
    labels: none,
    cleanLabels: none,
    split: { train: none, validation: none, heldOut: none },
    structure: { kind: 'none' },
  };
}

function bytesOf({ shape, dtype }: Expr): number {
  return shape.reduce((product, extent) => product * extent, dtype === 'f64' ? 8 : 4);
}

/** Bytes that this process may use: the machine's, or less where the system limits it (a container). */
export function availableBytes(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** One sentence if the prediction is more than there is, else undefined. */
export function memoryProblem(
  predicted: Omit<PredictedMemory, 'stepOperations'>,
  available: number,
  task: Experiment['task'] = 'modular',
): string | undefined {
  const { machineBytes, totalBytes } = predicted;
  const { sizeKey } = settingsOf(task);
  const advice = `make the model, the batch (loader.batch_size) or dataset.${sizeKey} smaller`;
  if (machineBytes > WEBASSEMBLY_BYTES) {
    return `the experiment needs about ${bytesText(machineBytes)} for its arithmetic, and WebAssembly can hold ${bytesText(WEBASSEMBLY_BYTES)}; ${advice}`;
  }
  if (totalBytes > available) {
    return `the experiment needs about ${bytesText(totalBytes)} of memory, and this machine has ${bytesText(available)}; ${advice}`;
  }
  return undefined;
}
