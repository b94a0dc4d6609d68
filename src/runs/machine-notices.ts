/** What a reader of a run should know of the machine that computed it: fewer threads than asked for, emulated kernels. */

import type { KernelMode } from '../engine/index.ts';

/** Notices of the machine: kept until there is a run to which they belong, told at once from then on. */
export class MachineNotices {
  private readonly kept: string[] = [];
  private listener: ((sentence: string) => void) | undefined;

  say(sentence: string): void {
    if (this.listener === undefined) this.kept.push(sentence);
    else this.listener(sentence);
  }

  /** What has been said so far; the rest goes to the listener. */
  handOver(listener: (sentence: string) => void): readonly string[] {
    this.listener = listener;
    return this.kept;
  }
}

/** The emulation takes ten to twenty times as long. */
export function emulationNotice(mode: KernelMode): string[] {
  if (mode === 'fused') return [];
  return [
    'this host has no fused multiply-add, so it is emulated: the same bits, ten to twenty times slower; grokscope doctor says why',
  ];
}
