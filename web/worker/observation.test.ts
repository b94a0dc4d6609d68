import { type Snapshot, train } from 'grokscope';
import { expect, test } from 'vitest';
import { experimentFromObject } from '../../src/config/index.ts';
import { type PhaseEvidence, phasesOf } from '../panels/phases.ts';
import { Observer } from './observer.ts';

const tiny = {
  dataset: { N: 7 },
  model: { type: 'two_layer', hidden_dim: 16 },
  train: { total_steps: 30, eval_every_steps: 5, loss: 'mse', lr: 0.03 },
} as const;

test('the examples a moment calls right are those the accuracies count, and measures come beside', async () => {
  const { experiment } = experimentFromObject(tiny);
  const observer = new Observer(experiment);
  let looked = 0;
  for await (const snapshot of train(experiment)) {
    if (snapshot.metrics === undefined) continue;
    const { moment, rows, extra } = observer.look(snapshot, true);
    const { train: trained, heldOut } = snapshot.dataset.split;
    const shareOf = (examples: Int32Array) =>
      examples.reduce((sum, example) => sum + (moment?.predictions?.[example] ?? 0), 0) / examples.length;
    expect(shareOf(trained)).toBeCloseTo(
      rows.find(({ split }) => split === 'train')?.values.accuracy ?? -1,
      12,
    );
    expect(shareOf(heldOut)).toBeCloseTo(
      rows.find(({ split }) => split === 'val')?.values.accuracy ?? -1,
      12,
    );
    expect(moment?.spectrum?.power.every(Number.isFinite)).toBe(true);
    expect(moment?.embeddings?.[0]).toMatchObject({ rows: 7, columns: 16 });
    expect(extra.embedding_gini).toBeGreaterThanOrEqual(0);
    expect(Object.keys(rows[0]?.values ?? {})).not.toContain('embedding_gini');
    looked++;
  }
  expect(looked).toBe(7);
});

test('what a training keeps of its answers are those that its logits give', async () => {
  const { experiment } = experimentFromObject(tiny);
  const observer = new Observer(experiment);
  let looked = 0;
  for await (const snapshot of train(experiment, { keepAnswers: true })) {
    const { moment: kept } = observer.look(snapshot, true);
    const { moment } = new Observer(experiment).look(withoutAnswers(snapshot), true);
    expect(kept?.predictions).toEqual(moment?.predictions);
    looked++;
  }
  expect(looked).toBe(7);
});

function withoutAnswers(snapshot: Snapshot): Snapshot {
  return { ...snapshot, rightAnswers: () => undefined };
}

test('the numbers and the phases that rest on them do not depend on how fast the machine is, nor on pauses', async () => {
  const { experiment } = experimentFromObject({
    ...tiny,
    train: { ...tiny.train, total_steps: 60, eval_every_steps: 1 },
  });
  const time = { slow: 0 };
  const fast = new Observer(experiment, () => 0);
  const slow = new Observer(experiment, () => (time.slow += 1000));
  const [one, other] = [fast, slow].map(() => ({ evidence: [] as PhaseEvidence[], moments: 0 }));
  for await (const snapshot of train(experiment)) {
    const isPaused = snapshot.step % 7 === 0;
    for (const [observer, seen, isWanted] of [
      [fast, one, false],
      [slow, other, isPaused],
    ] as const) {
      const { rows, extra, moment } = observer.look(snapshot, isWanted);
      if (moment !== undefined) seen.moments++;
      seen.evidence.push({
        step: snapshot.step,
        trainAccuracy: rows.find(({ split }) => split === 'train')?.values.accuracy,
        heldOutAccuracy: rows.find(({ split }) => split === 'val')?.values.accuracy,
        weightNorm: snapshot.weightNorm,
        diagonalShare: extra.diagonal_share,
      });
    }
  }
  expect(other.moments).not.toBe(one.moments);
  expect(other.evidence).toEqual(one.evidence);
  expect(one.evidence.filter(({ diagonalShare }) => diagonalShare !== undefined).length).toBeGreaterThan(10);
  expect(phasesOf(other.evidence)).toEqual(phasesOf(one.evidence));
});

test('pictures take no more than their share of the time, but what is wanted is always looked at', async () => {
  const { experiment } = experimentFromObject({ ...tiny, train: { ...tiny.train, total_steps: 200 } });
  // A step takes half a second, looking at an evaluation a whole one.
  const time = { now: 0 };
  const observer = new Observer(experiment, () => time.now);
  let moments = 0;
  let evaluations = 0;
  for await (const snapshot of train(experiment)) {
    if (snapshot.metrics === undefined) continue;
    evaluations++;
    time.now += 500;
    const logits = () => {
      time.now += 1000;
      return snapshot.logits();
    };
    const { moment } = observer.look({ ...snapshot, logits }, snapshot.last);
    if (moment !== undefined) moments++;
    if (snapshot.last) expect(moment?.step).toBe(200);
  }
  expect(evaluations).toBe(41);
  // 1000 m ≤ 0.2 · (500 · 41 + 1000 m) for m moments after the first
  expect(moments).toBeGreaterThan(4);
  expect(moments).toBeLessThan(8);
});

test('a pause is no time for pictures: after it as few are taken as without it', async () => {
  const { experiment } = experimentFromObject({ ...tiny, train: { ...tiny.train, total_steps: 100 } });
  const time = { now: 0 };
  const observer = new Observer(experiment, () => time.now);
  let moments = 0;
  for await (const snapshot of train(experiment)) {
    if (snapshot.step === 5) {
      observer.held(true);
      time.now += 1e6;
      observer.held(false);
    }
    time.now += 500;
    const logits = () => {
      time.now += 1000;
      return snapshot.logits();
    };
    if (observer.look({ ...snapshot, logits }, false).moment !== undefined) moments++;
  }
  expect(moments).toBeGreaterThan(1);
  expect(moments).toBeLessThan(6);
});
