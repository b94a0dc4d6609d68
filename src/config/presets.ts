/** The experiments that come with the package: configs/*.yaml (Node only). */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Preset {
  /** File name without extension. */
  name: string;
  /** Path of the file. */
  file: string;
  /** First comment line: what will be seen. */
  description: string;
  /** What the comment line `# takes:` says, or an empty text. */
  takes: string;
}

/** Seen from src/config and from dist/config alike. */
const folder = new URL('../../configs/', import.meta.url);

/** All presets by name. */
export function listPresets(): Preset[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const url = new URL(file, folder);
      const comments = readFileSync(url, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('#'))
        .map((line) => line.replace(/^#\s*/, ''));
      return {
        name: file.replace(/\.yaml$/, ''),
        file: fileURLToPath(url),
        description: comments[0] ?? '',
        takes: comments.find((line) => line.startsWith('takes:'))?.replace(/^takes:\s*/, '') ?? '',
      };
    });
}
