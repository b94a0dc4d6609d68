import { experimentFromObject, findMilestones } from 'grokscope';
import { expect, test } from 'vitest';
import { historyOf } from './history.ts';

const { experiment } = experimentFromObject({ milestones: { grok_patience: 2 } });
const rows = [0.2, 1, 1, 1].flatMap((accuracy, i) => [
  { step: 10 * i, split: 'train', values: { accuracy, loss: 1 } },
  { step: 10 * i, split: 'val', values: { accuracy: i < 2 ? 0 : 1, loss: 1 } },
]);

test('rows are evaluations, each with the milestones seen up to it and what is known of it beside', () => {
  const moment = { step: 20 };
  const history = historyOf(rows, experiment, {
    moments: [moment],
    measured: new Map([[20, { gini: 0.5 }]]),
  });
  expect(history.flatMap((evaluation) => evaluation.rows)).toEqual(rows);
  expect(history.map((evaluation) => evaluation.moment)).toEqual([undefined, undefined, moment, undefined]);
  expect(history.map(({ extra }) => extra)).toEqual([{}, {}, { gini: 0.5 }, {}]);
  const curve = (split: string) =>
    rows.filter((row) => row.split === split).map(({ step, values }) => ({ step, ...values }));
  expect(history.at(-1)?.milestones).toEqual(
    findMilestones({ train: curve('train'), val: curve('val') }, { grokPatience: 2 }),
  );
  expect(history[1]?.milestones.memorized_step).toBe(10);
  expect(history[2]?.milestones.grokked_step).toBeNull();
});
