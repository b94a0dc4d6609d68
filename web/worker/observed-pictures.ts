/** What of an evaluation is kept for pictures: the parts of a moment, each made from the evaluated weights, which it only reads. */

import type { Snapshot } from 'grokscope';
import { openEmbeddings } from '../../src/measures/embedding-measure.ts';
import { spectralPower } from '../../src/measures/spectral-snapshot.ts';
import type { Probe } from '../../src/training/probe.ts';
import type { EmbeddingTable, Moment } from '../run/moment.ts';
import { openNeurons } from './observed-neurons.ts';
import { hasCheapSpectrum } from './observed-numbers.ts';

/** The part of a snapshot that is looked at. */
export type Observed = Pick<Snapshot, 'step' | 'dataset' | 'probe' | 'logits'> &
  Partial<Pick<Snapshot, 'rightAnswers'>>;

/** A part of the moment at hand; empty where there is none. */
export type Picture = (snapshot: Observed) => Partial<Omit<Moment, 'step'>>;

/** Each makes one part ready for a training; a new one is a function in a file of its own, named here. */
export const pictures: readonly ((probe: Probe) => Picture)[] = [
  openPredictions,
  openEmbeddingTables,
  openSpectrum,
  openNeurons,
];

function openPredictions(): Picture {
  return ({ logits, dataset, rightAnswers }) => ({
    predictions: rightAnswers?.() ?? rightOf(logits(), dataset.labels, dataset.size, dataset.answers),
  });
}

function openEmbeddingTables(probe: Probe): Picture {
  const read = openEmbeddings(probe);
  return () => ({ embeddings: read().map(tableOf) });
}

/** Where measure `spectrum` was taken at the same step its transform is there already. */
function openSpectrum(probe: Probe): Picture {
  return ({ step }) => {
    if (!hasCheapSpectrum(probe)) return {};
    const { shape, power } = spectralPower(probe, step);
    return { spectrum: { shape, power } };
  };
}

function tableOf({
  name,
  values,
  tokens,
  width,
}: ReturnType<ReturnType<typeof openEmbeddings>>[number]): EmbeddingTable {
  return { name, rows: tokens, columns: width, values: Float32Array.from(values) };
}

/**
 * [size]: 1 where the largest logit is the label's at every answer (of equal ones the first), else 0.
 * @param logits [size, answers, classes]
 * @param labels [size, answers]
 */
function rightOf(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  size: number,
  answers: number,
): Uint8Array {
  const classes = logits.length / (size * answers);
  const right = new Uint8Array(size).fill(1);
  for (let answer = 0; answer < size * answers; answer++) {
    const start = answer * classes;
    let largest = 0;
    for (let c = 1; c < classes; c++) {
      if ((logits[start + c] as number) > (logits[start + largest] as number)) largest = c;
    }
    if (largest !== labels[answer]) right[Math.floor(answer / answers)] = 0;
  }
  return right;
}
