/** The list of presets, and one of them as it stands in its file. */

import { readFileSync } from 'node:fs';
import pc from 'picocolors';
import { nearest } from '../config/index.ts';
import { listPresets } from '../config/presets.ts';
import { UsageError } from './failure.ts';
import { type Host, wantsColor } from './host.ts';

/** @throws UsageError when there is no preset of that name */
export function presets(name: string | undefined, options: { json?: boolean }, host: Host): void {
  const all = listPresets();
  if (name === undefined) {
    host.out.write(options.json ? json(all.map(({ file: _, ...preset }) => preset)) : listText(host));
    return;
  }
  const names = all.map((preset) => preset.name);
  const preset = all.find((one) => one.name === name);
  if (preset === undefined) {
    const similar = nearest(name, names);
    const advice = similar === null ? `there are ${names.join(', ')}` : `did you mean ${similar}?`;
    throw new UsageError(`there is no preset ${name}; ${advice}`);
  }
  const text = readFileSync(preset.file, 'utf8');
  const { file: _, ...about } = preset;
  host.out.write(options.json ? json({ ...about, yaml: text }) : text);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function listText(host: Host): string {
  const { bold, dim } = pc.createColors(wantsColor(host.out, host.env));
  const entries = listPresets().map(
    ({ name, description, takes }) =>
      `${bold(name)}${takes === '' ? '' : dim(`  ${takes}`)}\n  ${description}\n`,
  );
  return `${entries.join('\n')}\nTrain one: grokscope train --config NAME. See its YAML: grokscope presets NAME.\n`;
}
