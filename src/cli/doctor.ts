/** What this machine gives the engine, tested rather than guessed. */

import { availableParallelism, cpus, totalmem } from 'node:os';
import {
  allowRevectorizer,
  type KernelMode,
  Machine,
  measureSpeed,
  NUMERIC_VERSION,
  revectorizer,
  type SpeedReport,
  type TileChoice,
} from '../engine/index.ts';
import type { Host } from './host.ts';
import { availableBytes } from './memory.ts';
import { bytesText } from './number-words.ts';
import { packageVersion } from './version.ts';

interface Diagnosis {
  readonly version: string;
  readonly numeric_version: string;
  readonly kernels: KernelMode;
  readonly why: string;
  readonly relaxed_simd: boolean;
  readonly revectorizer: 'on' | 'off' | 'withdrawn';
  readonly revectorizer_why: string;
  readonly tiles: TileChoice['tiles'];
  /** Microseconds of the product that chose them, where it was timed. */
  readonly tile_times: TileChoice['times'] | null;
  readonly node: string;
  readonly v8: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory_bytes: number;
  readonly available_bytes: number;
  readonly speed: SpeedReport;
}

export async function doctor(options: { json?: boolean }, host: Host): Promise<void> {
  const diagnosis = await diagnose();
  host.out.write(options.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : diagnosisText(diagnosis));
}

async function diagnose(): Promise<Diagnosis> {
  await allowRevectorizer();
  const machine = await Machine.open();
  const { mode, tiles } = machine;
  return {
    version: packageVersion(),
    numeric_version: NUMERIC_VERSION,
    kernels: mode,
    why: whyKernels(mode),
    relaxed_simd: relaxedSimdIsAccepted(),
    revectorizer: revectorizer().state,
    revectorizer_why: whyRevectorizer(machine),
    tiles: tiles.tiles,
    tile_times: tiles.times ?? null,
    node: process.versions.node,
    v8: process.versions.v8,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    available_bytes: availableBytes(),
    speed: await measureSpeed(mode, tiles.tiles),
  };
}

/** Opening a machine put a known multiply-add to the kernels before it trusted them. */
function whyKernels(mode: KernelMode): string {
  if (mode === 'fused') return 'the known-answer probe passed: multiply-add rounds once here';
  return relaxedSimdIsAccepted()
    ? 'the known-answer probe failed: multiply-add rounds twice here, so it is emulated exactly'
    : 'this Node does not accept relaxed SIMD, so multiply-add is emulated exactly';
}

function whyRevectorizer(machine: Machine): string {
  const found = revectorizer();
  if (found.state === 'withdrawn') return `${found.why}, so the kernels were compiled without it`;
  if (machine.revectorized)
    return 'the self-test of every kernel passed: 128-bit vectors are joined to 256 bits';
  return process.arch === 'x64'
    ? 'it is used on Node 24 to 26, which run about twice as fast'
    : 'it exists on x64 processors only';
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
    ['relaxed SIMD', found.relaxed_simd ? 'accepted: SIMD with fused multiply-add' : 'not accepted'],
    ['revectoriser', `${found.revectorizer}: ${found.revectorizer_why}`],
    ['tiles', tilesText(found)],
    ['node', `${found.node} (V8 ${found.v8})`],
    ['cpu', `${found.cpu}, ${found.cores} core${found.cores === 1 ? '' : 's'}`],
    [
      'memory',
      `${bytesText(found.memory_bytes)}, of which ${bytesText(found.available_bytes)} may be used here`,
    ],
  ];
  const lines = rows.map(([name, value]) => `${name.padEnd(14)}${value}\n`);
  return [...lines, '\n', ...speedLines(found.speed)].join('');
}

function tilesText({ tiles, tile_times: times }: Diagnosis): string {
  if (!times) return `${tiles}: the ones for 128-bit vectors`;
  return `${tiles}: a product took ${times.wide.toFixed(0)} µs with wide tiles, ${times.narrow.toFixed(0)} µs with narrow ones`;
}

function speedLines({ limits, kernels }: SpeedReport): string[] {
  const line = (name: string, rate: number, unit: string, rest: string): string =>
    `${name.padEnd(24)}${rate.toFixed(1).padStart(7)} ${unit.padEnd(8)} ${rest}`.trimEnd().concat('\n');
  return [
    'Speed of one core, a tile of 64 examples in f32, and the share of what the processor can do at most:\n',
    line('multiply-add, registers', limits['GFLOP/s'], 'GFLOP/s', 'the limit of products'),
    line('copy or sum, in cache', limits['GB/s'], 'GB/s', 'the limit of what moves numbers'),
    ...kernels.map(({ kernel, rate, unit, share }) =>
      line(kernel, rate, unit, `${(100 * share).toFixed(0).padStart(3)} %`),
    ),
  ];
}
