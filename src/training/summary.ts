/**
 * What `grokscope evaluate` prints about a run: one JSON object from the rows of metrics.csv, which hold one split each
 * (`train`; `val`, the validation set or else the held-out examples; `test`, the held-out examples beside a validation set).
 */
import {
  type AccuracyCurves,
  type AccuracyPoint,
  findMilestones,
  type MilestoneOptions,
} from './milestones.ts';

/** What was measured on one split at one step: a row of metrics.csv, its columns of numbers by name. */
export interface MetricsRow {
  readonly step: number;
  readonly split: string;
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** Loss and accuracy of one evaluation, by split; null where a split has no such number. */
export interface EvaluationSummary {
  readonly step: number;
  readonly train_loss: number | null;
  readonly train_accuracy: number | null;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  readonly test_loss?: number | null;
  readonly test_accuracy?: number | null;
}

/** What `grokscope evaluate` prints of a run. */
export interface RunSummary {
  /** Distinct evaluated steps. */
  readonly num_points: number;
  /** The latest evaluation. */
  readonly last: EvaluationSummary | null;
  /** The evaluation of highest validation accuracy, the latest of equals; null without validation accuracies. */
  readonly best_val: EvaluationSummary | null;
  readonly memorized_step: number | null;
  readonly grokked_step: number | null;
  readonly first_crossing_step: number | null;
  /** grokked_step − memorized_step; null when either was not seen within the run. */
  readonly delay: number | null;
}

type Evaluation = Map<string, MetricsRow>;

/**
 * The numbers of one column for one split, in ascending order of step. Rows without a number there are left out; of
 * several rows for the same step the last one counts, as after a resumed run.
 */
export function seriesOf(
  rows: readonly MetricsRow[],
  split: string,
  column: string,
): { step: number; value: number }[] {
  const values = new Map<number, number>();
  for (const row of rows) {
    const value = row.values[column];
    if (row.split === split && value !== undefined) values.set(row.step, value);
  }
  return [...values].sort(([a], [b]) => a - b).map(([step, value]) => ({ step, value }));
}

/** The accuracy curves of a run, for `findMilestones`. */
export function accuracyCurvesOf(rows: readonly MetricsRow[]): AccuracyCurves {
  const curve = (split: string): AccuracyPoint[] =>
    seriesOf(rows, split, 'accuracy').map(({ step, value }) => ({ step, accuracy: value }));
  return { train: curve('train'), val: curve('val'), test: curve('test') };
}

/**
 * Summarises the metrics of one run.
 *
 * A step counts as evaluated if it has a row for `val` or `test`; when no row of the run has, every step counts.
 * The keys come in the order of `RunSummary`; `test_…` keys appear only if the run has a `test` split.
 *
 * @throws RangeError if the milestone options are out of range.
 */
export function summarize(rows: readonly MetricsRow[], options: MilestoneOptions = {}): RunSummary {
  const evaluations = evaluationsOf(rows);
  const steps = [...evaluations.keys()].sort((a, b) => a - b);
  const hasTest = rows.some((row) => row.split === 'test');
  const at = (step: number | undefined): EvaluationSummary | null =>
    step === undefined ? null : describe(step, evaluations.get(step) ?? new Map(), hasTest);

  let best: { step: number; accuracy: number } | undefined;
  for (const step of steps) {
    const accuracy = numberIn(evaluations.get(step)?.get('val'), 'accuracy');
    if (accuracy !== null && !(accuracy < (best?.accuracy ?? Number.NEGATIVE_INFINITY)))
      best = { step, accuracy };
  }
  const milestones = findMilestones(accuracyCurvesOf(rows), options);
  return {
    num_points: steps.length,
    last: at(steps.at(-1)),
    best_val: at(best?.step),
    memorized_step: milestones.memorized_step,
    grokked_step: milestones.grokked_step,
    first_crossing_step: milestones.first_crossing_step,
    delay: milestones.delay,
  };
}

function evaluationsOf(rows: readonly MetricsRow[]): Map<number, Evaluation> {
  const all = new Map<number, Evaluation>();
  for (const row of rows) {
    const evaluation = all.get(row.step) ?? new Map();
    all.set(row.step, evaluation.set(row.split, row));
  }
  const complete = [...all].filter(([, evaluation]) => evaluation.has('val') || evaluation.has('test'));
  return complete.length > 0 ? new Map(complete) : all;
}

function describe(step: number, evaluation: Evaluation, hasTest: boolean): EvaluationSummary {
  const of = (split: string, column: string) => numberIn(evaluation.get(split), column);
  return {
    step,
    train_loss: of('train', 'loss'),
    train_accuracy: of('train', 'accuracy'),
    val_loss: of('val', 'loss'),
    val_accuracy: of('val', 'accuracy'),
    ...(hasTest && { test_loss: of('test', 'loss'), test_accuracy: of('test', 'accuracy') }),
  };
}

/** JSON has no NaN, so a number that is not finite is as good as missing. */
function numberIn(row: MetricsRow | undefined, column: string): number | null {
  const value = row?.values[column];
  return value !== undefined && Number.isFinite(value) ? value : null;
}
