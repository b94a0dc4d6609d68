import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

// What a user gets: the packed package, installed into an empty folder without development dependencies.
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let consumer: string;
let packed: string[];

function runIn(folder: string, program: string, ...parameters: string[]): string {
  return execFileSync(program, parameters, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
}

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), 'grokscope-consumer-'));
  const report = runIn(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', consumer);
  const [{ filename, files }] = JSON.parse(report);
  packed = files.map((file: { path: string }) => file.path);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  runIn(consumer, 'npm', 'install', '--omit=dev', '--no-audit', '--no-fund', `./${filename}`);
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

test('the package holds the build, the lab, the kernels, the presets and its papers, and no tests or sources', () => {
  expect(packed).toEqual(
    expect.arrayContaining([
      'dist/index.js',
      'dist/index.d.ts',
      'dist/lab/index.html',
      'dist/engine/wasm/kernels.fused.wasm',
      'dist/engine/wasm/kernels.emulated.wasm',
      'configs/r1.yaml',
      'LICENSE',
      'README.md',
      'CITATION.cff',
    ]),
  );
  expect(packed.filter((path) => /\.test\.|^(src|test|kernels|scripts)\//.test(path))).toEqual([]);
});

test('import { train } from grokscope, run directories and trials from their own entries work in Node', () => {
  const program = `
    const library = await import('grokscope');
    const runs = await import('grokscope/runs');
    const trials = await import('grokscope/trials');
    console.log(typeof library.train, Object.keys(runs).length > 0, typeof trials.runTrial);
  `;
  const seen = runIn(consumer, process.execPath, '--input-type=module', '--eval', program);
  expect(seen.trim()).toBe('function true function');
});

test('the command is installed and says its version', () => {
  expect(runIn(consumer, 'npx', '--no-install', 'grokscope', '--version').trim()).toBe(manifest.version);
});

test('the types are complete: a strict TypeScript consumer without any @types checks', () => {
  const source = `
    import { train } from 'grokscope';
    import * as runs from 'grokscope/runs';
    import * as trials from 'grokscope/trials';
    export const all: [typeof train, typeof runs, typeof trials] = [train, runs, trials];
  `;
  writeFileSync(join(consumer, 'consumer.ts'), source);
  const options = { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: [] };
  const settings = { compilerOptions: { ...options, lib: ['es2023', 'dom'] }, files: ['consumer.ts'] };
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(runIn(consumer, process.execPath, tsc, '-p', consumer)).toBe('');
});
