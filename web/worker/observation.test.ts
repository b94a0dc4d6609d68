import { train } from 'grokscope';
import { expect, test } from 'vitest';
import { experimentFromObject } from '../../src/config/index.ts';
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

test('observing takes no more than its share of the time, but what is wanted is always looked at', async () => {
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
  // 1000 m ≤ 0.4 · (500 · 41 + 1000 m) for m moments after the first
  expect(moments).toBeGreaterThan(10);
  expect(moments).toBeLessThan(17);
});
