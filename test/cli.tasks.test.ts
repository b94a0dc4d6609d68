// Every task through the command: train, evaluate, visualize, explain-plan, and a resumed run, at tiny sizes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grokscope, jsonLines } from './cli/command.ts';
import { temporaryFolder } from './disks/temporary-folder.ts';

/** Configuration, the headline, and the columns of metrics.csv after the split. */
const tasks: Record<string, { yaml: string; headline: string; columns: string }> = {
  group: {
    yaml: 'task: group\ndataset: {group: D4}\nmodel: {type: embedding_mlp, embed_dim: 6, hidden_dim: 8}\n',
    headline: 'embedding_mlp on composition in D4',
    columns: 'loss,accuracy,softmax_collapse,weight_norm',
  },
  'parity with a hinge': {
    yaml:
      'task: parity\ndataset: {n: 9, k: 2, train_samples: 60, test_samples: 40}\nloader: {batch_size: 16}\n' +
      'model: {type: mlp, hidden_dim: 8, layers: 1, input_encoding: {type: signs}, output: margin}\n',
    headline: 'mlp on parity of 2 of 9 bits',
    columns: 'loss,accuracy,weight_norm,reward',
  },
  'parity of a whole cube': {
    yaml:
      'task: parity\ndataset: {n: 6, k: 3, samples: all}\n' +
      'model: {type: transformer, d_model: 8, heads: 2, d_mlp: 16}\n',
    headline: 'transformer on parity of 3 of 6 bits',
    columns: 'loss,accuracy,softmax_collapse,weight_norm,reward',
  },
  'copy by a transformer': {
    yaml:
      'task: copy\ndataset: {alphabet: 3, length: 3}\n' +
      'model: {type: transformer, d_model: 8, heads: 2, d_mlp: 16, layers: 2}\n',
    headline: 'transformer on copying 3 of 3 tokens',
    columns: 'loss,accuracy,softmax_collapse,weight_norm,reward',
  },
  'copy by an mlp, from rewards': {
    yaml: 'task: copy\ndataset: {alphabet: 3, length: 3}\nmodel: {type: mlp, hidden_dim: 8, layers: 1}\n',
    headline: 'mlp on copying 3 of 3 tokens',
    columns: 'loss,accuracy,softmax_collapse,weight_norm,reward',
  },
  'random labels': {
    yaml: 'task: random_labels\ndataset: {N: 7, classes: 3}\nmodel: {type: two_layer, hidden_dim: 8}\n',
    headline: 'two_layer on 3 random labels on pairs of 7',
    columns: 'loss,accuracy,softmax_collapse,weight_norm',
  },
};

/** What the name of a case does not say. */
function trainSection(name: string): string {
  const loss = name.includes('hinge') ? 'loss: hinge, ' : '';
  const objective = name.includes('rewards') ? 'objective: reinforce, ' : '';
  return `train: {${loss}${objective}total_steps: 12, eval_every_steps: 4, checkpoint_every_steps: 5, scheduler: {name: constant}}\n`;
}

test.for(Object.entries(tasks))(
  '%s trains, is evaluated, drawn and explained',
  async ([name, { yaml, headline, columns }]) => {
    const folder = temporaryFolder();
    const config = join(folder, 'task.yaml');
    writeFileSync(config, yaml + trainSection(name));
    const run = join(folder, 'run');
    const trained = await grokscope(['train', '--config', config, '--run', run]);
    expect({ exitCode: trained.exitCode, err: trained.err }).toEqual({ exitCode: 0, err: '' });
    expect(trained.out).toContain(`${headline}, at most 12 steps`);
    const metrics = readFileSync(join(run, 'metrics.csv'), 'utf8');
    const [header, ...rows] = metrics.trimEnd().split('\n');
    expect(header).toBe(`step,split,${columns}`);
    const numbers = rows.flatMap((row) => row.split(',').slice(2)).map(Number);
    expect(numbers.every(Number.isFinite)).toBe(true);

    const evaluated = await grokscope(['evaluate', '--run-dir', run]);
    expect(JSON.parse(evaluated.out)).toMatchObject({ num_points: 4, last: { step: 12 } });

    const pictures = join(folder, 'pictures');
    expect((await grokscope(['visualize', '--run', run, '--output_dir', pictures])).exitCode).toBe(0);
    expect(readdirSync(pictures).some((file) => file.endsWith('.svg'))).toBe(true);

    const explained = await grokscope(['explain-plan', '--config', config, '--json']);
    expect(explained.exitCode).toBe(0);
    expect(JSON.parse(explained.out).program.flops).toBeGreaterThan(0);

    // The configuration that was kept gives the same run again; stopped on the way and resumed, too.
    const again = join(folder, 'again');
    const kept = ['train', '--config', join(run, 'config.yaml'), '--run', again, '--json'];
    const interruptWhen = (out: string) => out.includes('"event":"checkpoint","step":5');
    const first = await grokscope(kept, { interruptWhen });
    expect(jsonLines(first.out).at(-1)).toMatchObject({ event: 'interrupted' });
    expect((await grokscope(['train', '--run', again, '--resume'])).exitCode).toBe(0);
    expect(readFileSync(join(again, 'metrics.csv'), 'utf8')).toBe(metrics);
  },
);

test('a key of another task is refused with file and line, and nothing is written', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'bad.yaml');
  writeFileSync(config, 'task: group\ndataset:\n  group: S4\n  k: 3\n');
  expect(await grokscope(['train', '--config', config, '--run', join(folder, 'run')])).toEqual({
    exitCode: 2,
    out: '',
    err: `${config}:4:3: dataset.k is not a key of dataset of task group\n    k: 3\n    ^\n  it is a key of task parity\n`,
  });
  expect(readdirSync(folder)).toEqual(['bad.yaml']);
});
