/** The comparison of directions as a table, as CSV, and in sentences. */

import type { DirectionOverTraining, DirectionRow } from '../../theory/direction/training.ts';
import { countText } from '../number-words.ts';
import type { CsvData, NumberTable } from './report.ts';

/** What was compared for one seed. */
export interface SeedDirection {
  readonly seed: number;
  readonly direction: DirectionOverTraining;
}

/** A row for each step: of one seed its values, of several the mean, and the spread of the cosine. */
export function directionTable(title: string, results: readonly SeedDirection[]): NumberTable {
  const [{ direction }] = results;
  const several = results.length > 1;
  const kinked = results.some((one) =>
    one.direction.rows.some(({ kinkCosine }) => !Number.isNaN(kinkCosine)),
  );
  const at = (i: number) => results.map((one) => one.direction.rows[i]);
  const rank = (rows: readonly DirectionRow[]) => {
    const ranks = [...new Set(rows.map((row) => row.rank ?? '–'))];
    return ranks.length === 1 ? ranks[0] : ranks.join('/');
  };
  const mean = (
    rows: readonly DirectionRow[],
    key: 'cosine' | 'kinkCosine' | 'decayCosine' | 'tangentShare' | 'weightNorm',
  ) => fixed(rows.reduce((sum, row) => sum + row[key], 0) / rows.length);
  const meanOf = (rows: readonly DirectionRow[], key: 'trainLoss' | 'pointLoss' | 'heldOutAccuracy') =>
    rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  return {
    title: several ? `${title}: means of ${results.length} seeds` : title,
    columns: [
      'step',
      'cos(Δθ, g̃)',
      ...(several ? ['least', 'most'] : []),
      ...(kinked ? ['kinks held'] : []),
      'cos(Δθ, −θ)',
      'tangent part',
      '‖θ‖',
      'train loss',
      ...(direction.zeroLoss ? ['at J'] : []),
      'held-out',
      'rank J',
    ],
    rows: direction.rows.map(({ step }, i) => {
      const rows = at(i);
      const cosines = rows.map(({ cosine }) => cosine);
      return [
        step,
        mean(rows, 'cosine'),
        ...(several ? [fixed(Math.min(...cosines)), fixed(Math.max(...cosines))] : []),
        ...(kinked ? [mean(rows, 'kinkCosine')] : []),
        mean(rows, 'decayCosine'),
        mean(rows, 'tangentShare'),
        mean(rows, 'weightNorm'),
        exponential(meanOf(rows, 'trainLoss')),
        ...(direction.zeroLoss ? [exponential(meanOf(rows, 'pointLoss'))] : []),
        fixed(meanOf(rows, 'heldOutAccuracy')),
        rank(rows),
      ];
    }),
  };
}

function fixed(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3).replace(/^-0\.000$/, '0.000') : '–';
}

function exponential(value: number): string {
  return value.toExponential(1);
}

/** One row for each seed and step, all that was computed. */
export function directionData(results: readonly SeedDirection[]): CsvData {
  const columns: readonly (readonly [string, (row: DirectionRow) => number | string])[] = [
    ['step', (row) => row.step],
    ['cosine', (row) => row.cosine],
    ['kink_cosine', (row) => row.kinkCosine],
    ['kinks', (row) => row.kinks],
    ['decay_cosine', (row) => row.decayCosine],
    ['tangent_share', (row) => row.tangentShare],
    ['update_norm', (row) => row.updateNorm],
    ['weight_norm', (row) => row.weightNorm],
    ['tangent_norm', (row) => row.tangentNorm],
    ['train_loss', (row) => row.trainLoss],
    ['point_loss', (row) => row.pointLoss],
    ['train_accuracy', (row) => row.trainAccuracy],
    ['held_out_accuracy', (row) => row.heldOutAccuracy],
    ['rank', (row) => row.rank ?? ''],
    ['residual', (row) => row.residual],
    ['iterations', (row) => row.iterations],
  ];
  return {
    columns: ['seed', ...columns.map(([name]) => name)],
    rows: results.flatMap(({ seed, direction }) =>
      direction.rows.map((row) => [seed, ...columns.map(([, value]) => value(row))]),
    ),
  };
}

/** What a reader must know to judge the numbers. */
export function directionRemarks(results: readonly SeedDirection[], tolerance: number): string[] {
  const [{ direction }] = results;
  const rows = results.flatMap((one) => one.direction.rows);
  const { outputs, parameters, method, held, zeroLoss } = direction;
  const size = `J has ${countText(outputs)} rows (outputs on train examples) and ${countText(parameters)} columns (parameters)`;
  const remarks = [
    method === 'exact'
      ? `${size}; ${rankWords(rows, outputs)}.`
      : `${size}; g̃ by conjugate gradients on JJᵀ to a residual of ${tolerance}, which find the solution of the pseudo-inverse whatever the rank, and do not tell it.`,
  ];
  if (!zeroLoss) {
    remarks.push(
      `This loss is not 0 on a set F(θ) = Y: what is held instead is ${held}, and ker J is tangent to its level set through θ itself. This goes beyond the paper.`,
    );
  } else {
    const far = rows.filter((row) => !row.reachedZeroLoss).map(({ step }) => step);
    if (far.length > 0) {
      remarks.push(
        `No zero loss was reached near ${stepWords(far)}: J is taken where loss is still above a thousandth of that of answering 0, ` +
          'so that g̃ is no tangent of the zero-loss set there; train longer, or approach it longer with --approach.',
      );
    }
  }
  const rough = rows.filter(({ residual }) => residual > tolerance).map(({ step }) => step);
  if (method === 'cg' && rough.length > 0) {
    const worst = Math.max(...rows.map(({ residual }) => residual)).toExponential(1);
    remarks.push(
      `Conjugate gradients ended at their limit near ${stepWords(rough)} with a residual of up to ${worst}; allow more with --iterations.`,
    );
  }
  const kinks = rows.map((row) => row.kinks);
  if (kinks.some((count) => count > 0)) {
    remarks.push(
      `Of pairs of a train example and a relu, ${spread(kinks)} changed sides within ` +
        'an update: there training slides along kinks, where it can move less freely than ker J. “Kinks held” is the cosine with −θ ' +
        'projected onto what leaves outputs and these pre-activations as they are' +
        (rows.every(({ kinkCosine }) => Number.isNaN(kinkCosine))
          ? '; conjugate gradients did not come so far, allow more with --iterations.'
          : '.'),
    );
  }
  const still = rows.filter(({ updateNorm }) => updateNorm === 0).map(({ step }) => step);
  if (still.length > 0) remarks.push(`Nothing moved at ${stepWords(still)}, so there is no cosine.`);
  return remarks;
}

function rankWords(rows: readonly DirectionRow[], outputs: number): string {
  const ranks = rows.map(({ rank }) => rank as number);
  if (Math.min(...ranks) === outputs) return `its rank is ${countText(outputs)}, full, at every step`;
  return (
    `it is rank-deficient, ${spread(ranks)} of ${countText(outputs)} (a pivot of JJᵀ below 1e-10 of the largest counts as 0), ` +
    'so that J⁺ is its pseudo-inverse'
  );
}

function stepWords(all: readonly number[]): string {
  const steps = [...new Set(all)].sort((a, b) => a - b);
  if (steps.length === 1) return `step ${countText(steps[0])}`;
  const shown = steps.slice(0, 4).map(countText).join(', ');
  return `steps ${shown}${steps.length > 4 ? `, … ${countText(steps[steps.length - 1])}` : ''}`;
}

function spread(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? countText(least) : `${countText(least)} to ${countText(most)}`;
}
