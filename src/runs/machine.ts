/** Where and with what a run was made: for meta.json, never for the run's numbers. */

import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MachineDescription } from './machine-description.ts';

/** The machine and Node that this process runs on. */
export function describeMachine(): MachineDescription & { readonly node: string } {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    platform: platform(),
    arch: arch(),
    system_release: release(),
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

/** Two folders above this file, in the sources (src/runs) as in the package (dist/runs). */
const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function firstLine(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n')[0].trim() : undefined;
}

/** The folder of git's files; in a further work tree `.git` is a file that says where (gitrepository-layout(5)). */
function gitFolder(root: string): string {
  const path = join(root, '.git');
  const pointer = /^gitdir: (.+)$/.exec(existsSync(join(path, 'HEAD')) ? '' : (firstLine(path) ?? ''));
  if (pointer === null) return path;
  return isAbsolute(pointer[1]) ? pointer[1] : join(root, pointer[1]);
}

/**
 * The commit checked out at `root` (default: this package), read from git's files; null when it is no checkout.
 * Changes that are not committed do not show.
 */
export function packageCommit(root: string = packageRoot): string | null {
  try {
    const folder = gitFolder(root);
    const head = firstLine(join(folder, 'HEAD'));
    const reference = /^ref: (.+)$/.exec(head ?? '')?.[1];
    if (reference === undefined) return head ?? null;
    const common = firstLine(join(folder, 'commondir')) ?? '.';
    const shared = isAbsolute(common) ? common : join(folder, common);
    const loose = firstLine(join(shared, reference));
    if (loose !== undefined) return loose;
    const packed = readFileSync(join(shared, 'packed-refs'), 'utf8').split('\n');
    return packed.find((line) => line.endsWith(` ${reference}`))?.split(' ')[0] ?? null;
  } catch {
    return null;
  }
}
