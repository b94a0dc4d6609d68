/** What this machine gives the engine, tested rather than guessed. */

import { availableParallelism, cpus, totalmem } from 'node:os';
import { type KernelMode, Machine, NUMERIC_VERSION } from '../engine/index.ts';
import type { Host } from './host.ts';
import { availableBytes } from './memory.ts';
import { bytesText } from './number-words.ts';
import { packageVersion } from './version.ts';

interface Diagnosis {
  readonly version: string;
  readonly numeric_version: string;
  readonly kernels: KernelMode;
  readonly why: string;
  readonly node: string;
  readonly v8: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory_bytes: number;
  readonly available_bytes: number;
}

export async function doctor(options: { json?: boolean }, host: Host): Promise<void> {
  const diagnosis = await diagnose();
  host.out.write(options.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : diagnosisText(diagnosis));
}

async function diagnose(): Promise<Diagnosis> {
  const { mode, why } = await kernelsHere();
  return {
    version: packageVersion(),
    numeric_version: NUMERIC_VERSION,
    kernels: mode,
    why,
    node: process.versions.node,
    v8: process.versions.v8,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    available_bytes: availableBytes(),
  };
}

/** Opens a machine, which puts a known multiply-add to the kernels before it trusts them. */
async function kernelsHere(): Promise<{ mode: KernelMode; why: string }> {
  const { mode } = await Machine.open();
  if (mode === 'fused') {
    return { mode, why: 'the known-answer probe passed: multiply-add rounds once here' };
  }
  const why = relaxedSimdIsAccepted()
    ? 'the known-answer probe failed: multiply-add rounds twice here, so it is emulated exactly'
    : 'this Node does not accept relaxed SIMD, so multiply-add is emulated exactly';
  return { mode, why };
}

/** A function of type () → () that holds one f32x4.relaxed_madd of zeros. */
function relaxedSimdIsAccepted(): boolean {
  const zero = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
  const body = [0, ...zero, ...zero, ...zero, 0xfd, 0x85, 0x02, 0x1a, 0x0b];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = [1, 4, 1, 0x60, 0, 0];
  const functions = [3, 2, 1, 0];
  const code = [10, body.length + 2, 1, body.length, ...body];
  return WebAssembly.validate(new Uint8Array([...header, ...types, ...functions, ...code]));
}

function diagnosisText(found: Diagnosis): string {
  const rows: [string, string][] = [
    ['grokscope', `${found.version}, numeric version ${found.numeric_version}`],
    ['kernels', `${found.kernels}: ${found.why}`],
    ['node', `${found.node} (V8 ${found.v8})`],
    ['cpu', `${found.cpu}, ${found.cores} core${found.cores === 1 ? '' : 's'}`],
    [
      'memory',
      `${bytesText(found.memory_bytes)}, of which ${bytesText(found.available_bytes)} may be used here`,
    ],
  ];
  return rows.map(([name, value]) => `${name.padEnd(11)}${value}\n`).join('');
}
