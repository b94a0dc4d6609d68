// Hosts that lack something, made with V8's own flags: each gets one sentence and, where possible, a slower way to the same bits.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

const main = join(root, 'dist', 'cli', 'main.js');
/** These processor features are named as on Intel's and AMD's; others have no flags for theirs. */
const intel = process.arch === 'x64';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: unknown;
  err: string;
}

function trainUnder(node: string, flags: readonly string[], run: string): Promise<Ended> {
  const size = ['dataset.N=11', 'model.hidden_dim=1000', 'train.total_steps=5'];
  const words = [...flags, main, 'train', '--config', 'r1', '--run', run, ...size];
  return new Promise((resolve) => {
    execFile(node, words, { cwd: folder }, (error, _out, err) => {
      // What V8 itself says of its flags is not ours.
      const ours = err.replace(/^Warning: disabling flag .*\n/, '');
      resolve({ code: error === null ? 0 : error.code, err: ours });
    });
  });
}

describe.each(inject('nodes'))('Node $major', (node) => {
  const refusals: [what: string, flags: string[], sentence: RegExp][] = [
    ['no WebAssembly', ['--jitless'], /^grokscope: kernels: this host has no WebAssembly .*\n$/],
    [
      'a host that gives little memory',
      ['--wasm-max-mem-pages=17'],
      /^grokscope: memory: the host refused \d+ MB; make the model or the batch smaller, or free memory\n$/,
    ],
  ];
  if (intel)
    refusals.push([
      'no SIMD',
      ['--no-enable-sse4-1'],
      /^grokscope: kernels: this host has WebAssembly without SIMD, .*\n$/,
    ]);
  test.concurrent.for(refusals)(
    '%s: one sentence, exit code 1, nothing left behind',
    async (fault, context) => {
      if ('problem' in node) return context.skip(node.problem);
      const [what, flags, sentence] = fault;
      const run = join(folder, `${node.major} ${what}`);
      const { code, err } = await trainUnder(node.path, flags, run);
      expect(err).toMatch(sentence);
      expect({ code, left: existsSync(run) }).toEqual({ code: 1, left: false });
    },
  );

  test.runIf(intel)(
    'without a fused multiply-add it says that it is slow, and the bits are the same',
    async ({ skip }) => {
      if ('problem' in node) return skip(node.problem);
      const [plain, without] = ['plain', 'without'].map((name) => join(folder, `${node.major} ${name}`));
      expect(await trainUnder(node.path, [], plain)).toEqual({ code: 0, err: '' });
      const ended = await trainUnder(node.path, ['--no-enable-fma3'], without);
      expect(ended.code).toBe(0);
      expect(ended.err).toMatch(
        /^note: this host has no fused multiply-add, so it is emulated: the same bits, .*\n$/,
      );
      const metrics = (run: string) => readFileSync(join(run, 'metrics.csv'));
      expect(metrics(without).equals(metrics(plain))).toBe(true);
    },
  );
});
