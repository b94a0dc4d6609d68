import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { performanceFiles } from '../../bench/document/document.mjs';
import { newestOfLab, newestResults } from '../../bench/document/write.mjs';
import type { Result } from '../../bench/measurement.mjs';
import { readRecord } from '../../bench/reproduce/record.mjs';
import { targets, targetsTable, verdict } from '../../bench/targets.mjs';
import { root } from '../../scripts/run.mjs';
import * as endLabels from '../../src/figures/end-labels.ts';
import * as labels from '../../src/figures/number-labels.ts';
import * as svg from '../../src/figures/svg.ts';
import * as textWidth from '../../src/figures/text-width.ts';
import * as valueAxis from '../../src/figures/value-axis.ts';

const drawing = { ...svg, ...valueAxis, ...textWidth, ...labels, ...endLabels };

/** A result of a contest in which every turn took `ms` per step. */
function standing(work: string, contestant: string, ms: number, more: object = {}): Result {
  const raw = {
    work,
    contestant,
    title: contestant,
    ours: contestant.startsWith('node'),
    version: '1',
    threads: 2,
  };
  return { what: '', value: ms, unit: 'ms', raw: { ...raw, step_ms: [ms, ms, ms], ...more } };
}

const p113 = (contestant: string, ms: number, more?: object) => standing('p113', contestant, ms, more);

test('a target is judged by the ratio of medians, and met on its bound', () => {
  const results = { peers: [p113('node24', 10), p113('node20', 21), p113('torch-compile', 40)] };
  expect(targetsTable(results)[0]).toEqual({
    what: 'reference transformer p 113 against torch.compile',
    node24: '≥ 4 ×: 4 ×, met',
    node20: '≥ 2 ×: 1.9 ×, NOT MET',
  });
});

test('against two compilers the faster one counts, and both must have been measured', () => {
  const target = targets.find(({ what }) => what.includes('better of the two'));
  const one = [standing('p53', 'node24', 1), standing('p53', 'jax', 9)];
  expect(target && verdict(target, { peers: one }, 'node24')?.text).toBe('≥ 5 ×: not measured');
  const both = [...one, standing('p53', 'torch-compile', 5.5)];
  expect(target && verdict(target, { peers: both }, 'node24')?.text).toBe('≥ 5 ×: 5.5 ×, met');
});

test('the second thread is judged by one thread against two of the same contest', () => {
  const target = targets.find(({ what }) => what.startsWith('second thread'));
  const threads = [p113('node24', 19, { threads: 1 }), p113('node24', 10, { threads: 2 })];
  expect(target && verdict(target, { threads }, 'node24')?.met).toBe(true);
});

test('nothing that was not measured counts as met', () => {
  expect(
    targets.map((target) => verdict(target, {}, 'node24')?.met).filter((met) => met !== undefined),
  ).toEqual([]);
});

test('docs/performance.md and its figures are what the newest results give', () => {
  const source = newestResults();
  const file = JSON.parse(readFileSync(join(root, source), 'utf8'));
  const others = { longRun: readRecord('N'), lab: newestOfLab() };
  for (const [path, text] of performanceFiles(file, source, drawing, others)) {
    expect(readFileSync(join(root, 'docs', path), 'utf8'), path).toBe(text);
  }
});
