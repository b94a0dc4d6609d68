// The bits of this numeric version: that they are recorded, and that the sources give them. test/hosts/ asks every host.
import { expect, test } from 'vitest';
import * as sources from '../src/index.ts';
import { experiments, FEW_STEPS, type Outcome, outcomes } from './hosts/experiments.mjs';
import {
  advice,
  digestsByName,
  type Recorded,
  recorded,
  recordingProblem,
  throughStep,
} from './hosts/recorded.mjs';

const record = recorded() as Recorded;

test('the recorded digests belong to the numeric version, and to these experiments', () => {
  const toDo = 'record the digests of this numeric version with: node scripts/record-digests.mjs';
  expect(record, toDo).toBeDefined();
  expect(record.numeric_version, toDo).toBe(sources.NUMERIC_VERSION);
  expect(Object.keys(record.digests), toDo).toEqual(experiments.map(({ name }) => name));
});

test('the first steps give the recorded bits', async () => {
  const found = digestsByName(await outcomes(sources, {}, FEW_STEPS));
  expect(found, advice).toEqual(throughStep(record.digests, FEW_STEPS));
});

test('other bits are recorded for another numeric version only', () => {
  const digests = (state: string): Outcome['digests'] => ({ 30: { state, metrics: 'm', logits: 'l' } });
  const old = { numeric_version: '1', digests: { a: digests('old'), gone: digests('old') } };
  const next = { numeric_version: '1', digests: { a: digests('new'), other: digests('new') } };
  expect(recordingProblem(old, next)).toMatch(/^numeric version 1 is recorded with other bits for a: raise/);
  expect(recordingProblem(old, { ...next, numeric_version: '2' })).toBeUndefined();
  expect(
    recordingProblem(old, { ...next, digests: { ...old.digests, other: digests('new') } }),
  ).toBeUndefined();
  expect(recordingProblem(undefined, next)).toBeUndefined();
});
