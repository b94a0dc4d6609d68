import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFiles, seenInWords } from '../../bench/reproduce/document.mjs';
import type { RunRecord } from '../../bench/reproduce/one-run.mjs';
import { readRecord, sameBits } from '../../bench/reproduce/record.mjs';
import { reportOf } from '../../bench/reproduce/report.mjs';
import { type Expectation, reproductions } from '../../bench/reproduce/reproductions.mjs';
import { judge, judgeAll } from '../../bench/reproduce/verdict.mjs';
import { root } from '../../scripts/run.mjs';
import { parseExperiment } from '../../src/config/index.ts';
import { lineChart } from '../../src/figures/line-chart.ts';
import { referenceExperiment } from '../../src/theory/direction/reference.ts';

const records = reproductions.flatMap(({ id }) => readRecord(id) ?? []);

/** A run that evaluated every hundred steps. */
function runWith(heldOut: number[], seed = 0): RunRecord {
  const steps = (heldOut.length - 1) * 100;
  return {
    case: '',
    seed,
    steps,
    run_id: `run ${seed}`,
    parameters_sha256: `bits ${seed}`,
    cpu_seconds: 1,
    wall_seconds: 1,
    weight_norm: [2, 1],
    evaluations: { step: heldOut.map((_, i) => i * 100), train: heldOut.map(() => 1), held_out: heldOut },
  };
}

const early = runWith([0, 0.95, 0.5, 1], 0);
const late = runWith([0, 0, 0, 0.9], 1);
const never = runWith([0, 0, 0, 0.899], 2);

function crossing(over: 'every run' | 'median', between: [number, number]): Expectation {
  return { expected: 'held-out 90 %', quantity: { first: 'held_out', reaching: 0.9 }, over, between };
}

test('the page of reproductions and its figures are what the recorded results make', () => {
  expect(records.map(({ id }) => id)).toEqual(reproductions.map(({ id }) => id));
  const different = [...documentFiles(records, lineChart)]
    .filter(([path, text]) => readOrNothing(join(root, 'docs', path)) !== text)
    .map(([path]) => path);
  expect(different, 'make them again: npm run reproduce document').toEqual([]);
});

function readOrNothing(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

test('recorded runs are of the configurations and of all the seeds the claims ask for', () => {
  for (const { id, config, overrides, cases, seeds } of reproductions) {
    const record = records.find((candidate) => candidate.id === id);
    expect(record).toMatchObject({ config, overrides });
    for (const { name } of cases) {
      const run = record?.runs.filter((candidate) => candidate.case === name).map(({ seed }) => seed);
      expect(run?.slice(0, seeds)).toEqual(Array.from({ length: seeds }, (_, seed) => seed));
    }
  }
});

test('every case of every reproduction is a valid configuration', () => {
  for (const { config, overrides, cases } of reproductions) {
    for (const variant of cases) {
      const text = readFileSync(join(root, config), 'utf8');
      const all = [...overrides, ...variant.overrides, 'seed=1'];
      expect(parseExperiment(text, { file: config, overrides: all }).experiment.seed).toBe(1);
    }
  }
});

test('the direction of training is reproduced on the network that the command takes by default', () => {
  const text = readFileSync(join(root, 'configs/reproductions/M5.yaml'), 'utf8');
  const { name: _, ...reproduced } = parseExperiment(text).experiment;
  expect(referenceExperiment()).toMatchObject(reproduced);
});

test('the first evaluation at the value counts, also when accuracy falls again', () => {
  expect(judge(crossing('every run', [100, 300]), [early, late])).toMatchObject({
    seen: ['100', '300'],
    met: true,
  });
});

test('one run outside the bounds is enough to miss them', () => {
  expect(judge(crossing('every run', [100, 299]), [early, late]).met).toBe(false);
});

test('a run that does not get there is later than all others and stays in the median', () => {
  expect(judge(crossing('median', [200, 400]), [never, early, late])).toMatchObject({
    seen: ['not by 300', '100', '300'],
    median: '300',
    met: true,
  });
  expect(judge(crossing('median', [0, 1e9]), [never, early, never])).toMatchObject({
    median: 'not by 300',
    met: false,
  });
});

test('what has no bounds is shown and not judged', () => {
  const [reproduction] = reproductions;
  const expectations: Expectation[] = [{ expected: 'norm', quantity: { last: 'weight_norm' } }];
  const { findings, reproduced } = judgeAll({ ...reproduction, expectations }, [early]);
  expect(findings).toMatchObject([{ seen: ['1.0'], met: undefined }]);
  expect(reproduced).toBe(true);
});

test('equal numbers are said once', () => {
  expect(seenInWords(judge(crossing('every run', [0, 300]), [early, early]))).toBe('100 in all');
  expect(seenInWords(judge(crossing('every run', [0, 300]), [early, late]))).toBe('100 · 300');
});

test('bits are compared only between runs of the same experiment', () => {
  const [record] = records;
  const recorded = { ...record, runs: [early, late] };
  expect(sameBits(recorded, [never])).toBeUndefined();
  expect(sameBits(undefined, [early])).toBeUndefined();
  expect(sameBits(recorded, [early, never])).toMatch(/^The final parameters are bit for bit those/);
  const other = { ...late, parameters_sha256: 'others' };
  expect(sameBits(recorded, [early, other])).toMatch(/^The final parameters of 1 of 2 runs are NOT/);
});

test('the report says what was expected, what was seen, and when seeds are missing', () => {
  const reproduction = { ...reproductions[0], expectations: [crossing('every run', [30, 70])] };
  const report = reportOf(reproduction, { ...records[0], runs: [early] }, undefined);
  expect(report).toContain('expected  held-out 90 %\n  seen      100  (not as expected)');
  expect(report).toMatch(/R1 not reproduced, on 1 of the 3 seeds it asks for$/);
});
