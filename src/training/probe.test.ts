import { expect, test } from 'vitest';
import { type ExperimentInput, experimentFromObject } from '../config/index.ts';
import { buildDataset } from '../tasks/index.ts';
import { Trainer } from './trainer.ts';

const experiments: [string, ExperimentInput['train']][] = [
  ['the weights', {}],
  ['their moving average, where that is what is evaluated', { ema: { use: true, decay: 0.5 } }],
];

test.each(experiments)(
  'a probe computes on %s, at every step, what the evaluation computes',
  async (_, train) => {
    const { experiment } = experimentFromObject({
      dataset: { N: 7 },
      model: { type: 'embedding_mlp', embed_dim: 8, hidden_dim: 12 },
      train: { ...train, lr: 0.05 },
    });
    const trainer = await Trainer.start(experiment, buildDataset(experiment));
    const { probe, dataset } = trainer;
    const [logits] = probe.onInputs('again', dataset.tokens, (forward) => [forward.logits]);
    const program = probe.machine.compile(
      { outputs: {}, perExample: { logits: logits as NonNullable<typeof logits> } },
      { mostExamples: dataset.size },
    );
    const all = Int32Array.from({ length: dataset.size }, (_, example) => example);
    const seen: string[] = [];
    for (let step = 0; step < 3; step++) {
      program.run(all);
      expect(program.value('logits')).toEqual(trainer.logits());
      const [table] = probe.embeddings();
      const reading = probe.machine.compile({
        outputs: { table: (table as NonNullable<typeof table>).table },
      });
      reading.run();
      expect(reading.value('table')).toEqual(trainer.parameters().get('E')?.values);
      seen.push(reading.value('table').join());
      trainer.advance();
    }
    expect(new Set(seen).size).toBe(3);
  },
);

test('inputs of one name are given once: other columns under it are a mistake of ours', async () => {
  const { experiment } = experimentFromObject({
    dataset: { N: 5 },
    model: { type: 'two_layer', hidden_dim: 4 },
  });
  const { probe, dataset } = await Trainer.start(experiment, buildDataset(experiment));
  probe.onInputs('some', dataset.tokens, ({ logits }) => [logits]);
  const others = dataset.tokens.map((column) => column.slice(1));
  expect(() => probe.onInputs('some', others, ({ logits }) => [logits])).toThrow(
    'inputs some of a probe were given twice',
  );
});
