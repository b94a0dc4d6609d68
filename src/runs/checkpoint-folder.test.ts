import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  checkpointPath,
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint-folder.ts';
import { tensorOf } from './safetensors.ts';

function at(step: number, runId = 'mine'): Checkpoint {
  const tensors = new Map([['w', tensorOf([2], Float32Array.of(step, 1))]]);
  return { step, runId, numericVersion: '1', tensors, scalars: {}, metricsRows: 0 };
}

function folderWith(...steps: number[]): string {
  const folder = join(temporaryFolder(), 'checkpoints');
  for (const step of steps) writeCheckpoint(folder, at(step));
  return folder;
}

function flipLastBit(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(path, bytes);
}

test('all checkpoints are kept and listed by step, also beyond six digits', () => {
  const folder = folderWith(1_000_000, 500, 999_999);
  writeFileSync(join(folder, 'step-000700.safetensors.partial'), 'half');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(listCheckpoints(folder).map(({ path }) => basename(path))).toEqual([
    'step-000500.safetensors',
    'step-999999.safetensors',
    'step-1000000.safetensors',
  ]);
});

test('only the newest are kept when that is asked for', () => {
  const folder = folderWith(1, 2, 3);
  writeCheckpoint(folder, at(4), 2);
  expect(listCheckpoints(folder).map(({ step }) => step)).toEqual([3, 4]);
});

test('a folder without checkpoints, or none at all, has no latest one', () => {
  expect(latestCheckpoint(temporaryFolder())).toEqual({ checkpoint: undefined, notices: [] });
  expect(latestCheckpoint('/nowhere/at/all').checkpoint).toBeUndefined();
});

test('damaged ones are passed over for the newest intact one, each with a sentence', () => {
  const folder = folderWith(100, 200, 300, 400);
  truncateSync(checkpointPath(folder, 400), 100);
  flipLastBit(checkpointPath(folder, 300));
  const { checkpoint, notices } = latestCheckpoint(folder);
  expect(checkpoint).toEqual(at(200));
  expect(notices).toHaveLength(2);
  expect(notices[0]).toMatch(
    /step-000400\.safetensors is damaged: it is cut off.*; step-000200\.safetensors is used/,
  );
  expect(notices[1]).toMatch(
    /step-000300\.safetensors is damaged: its checksum.*; step-000200\.safetensors is used/,
  );
});

test('when none is intact the sentence says what is left to do', () => {
  const folder = folderWith(100, 200);
  flipLastBit(checkpointPath(folder, 100));
  flipLastBit(checkpointPath(folder, 200));
  expect(() => latestCheckpoint(folder)).toThrow(
    /step-000200.*is damaged: .*none of the 1 before it can be used; train again with --overwrite/,
  );
});

test('reading a damaged one names the one before it', () => {
  const folder = folderWith(100, 200);
  flipLastBit(checkpointPath(folder, 200));
  expect(() => readCheckpoint(checkpointPath(folder, 200))).toThrow(
    /step-000200\.safetensors is damaged: its checksum does not fit.*; use the one before it, step-000100\.safetensors/,
  );
  flipLastBit(checkpointPath(folder, 100));
  expect(() => readCheckpoint(checkpointPath(folder, 100))).toThrow(/there is no checkpoint before it/);
});

test('a checkpoint of another run or under another step is not gone on from', () => {
  const folder = folderWith(100);
  writeCheckpoint(folder, at(200, 'yours'));
  expect(latestCheckpoint(folder, 'mine').checkpoint?.step).toBe(100);
  expect(latestCheckpoint(folder).checkpoint?.step).toBe(200);
  writeFileSync(checkpointPath(folder, 300), readFileSync(checkpointPath(folder, 100)));
  expect(latestCheckpoint(folder, 'mine').notices[0]).toMatch(/step-000300.*: it holds step 100/);
});
