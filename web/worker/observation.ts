/** What the lab sees of a training beside its metrics. It reads the evaluated weights and changes nothing. */

import { type MeasuredValues, type OpenMeasure, openMeasures, type Snapshot } from 'grokscope';
import { openEmbeddings } from '../../src/measures/embedding-measure.ts';
import { measures, measuresOf } from '../../src/measures/index.ts';
import { spectralSnapshot } from '../../src/measures/spectral-snapshot.ts';
import type { EmbeddingTable, Moment } from '../run/moment.ts';

/** What the lab measures where the task has it, whether the settings ask for it or not: cheap beside training. */
const wanted = ['spectrum', 'embedding'] as const;

/** Inputs of a group from which a transform of the logits would be felt. */
const MOST_INPUTS = 20_000;

/** The part of a snapshot that is looked at. */
export type Observed = Pick<Snapshot, 'step' | 'dataset' | 'probe' | 'logits'>;

export interface Observation {
  readonly moment: Moment;
  /** Numbers that the settings did not ask for, by column. */
  readonly extra: MeasuredValues;
}

/** Prepares observing one training; the function returned looks at the snapshot at hand. */
export function openObservation(): (snapshot: Observed) => Observation {
  let measured: OpenMeasure | undefined;
  let embeddings: ReturnType<typeof openEmbeddings> | undefined;
  return (snapshot) => {
    const { probe, dataset, step } = snapshot;
    measured ??= openMeasures(probe, extraMeasures(snapshot));
    embeddings ??= openEmbeddings(probe);
    const spectral = hasCheapSpectrum(snapshot) ? spectralSnapshot(probe, step) : undefined;
    return {
      extra: measured.values(step),
      moment: {
        step,
        predictions: rightAnswers(snapshot.logits(), dataset.labels, dataset.size, dataset.answers),
        embeddings: embeddings().map(tableOf),
        ...(spectral === undefined ? {} : { spectrum: { shape: spectral.shape, power: spectral.power } }),
      },
    };
  };
}

function hasCheapSpectrum({ dataset }: Observed): boolean {
  return dataset.inputs !== undefined && dataset.size <= MOST_INPUTS;
}

function extraMeasures(snapshot: Observed) {
  const asked = measuresOf(snapshot.probe.experiment);
  return wanted.filter((name) => {
    const affordable = name !== 'spectrum' || hasCheapSpectrum(snapshot);
    return affordable && !asked.includes(name) && measures[name].refusal(snapshot.probe) === undefined;
  });
}

function tableOf(table: ReturnType<ReturnType<typeof openEmbeddings>>[number]): EmbeddingTable {
  const { name, values, tokens, width } = table;
  return { name, rows: tokens, columns: width, values: Float32Array.from(values) };
}

/**
 * [size]: 1 where the largest logit is the label's at every answer (of equal ones the first), else 0.
 * @param logits [size, answers, classes]
 * @param labels [size, answers]
 */
export function rightAnswers(
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
