/** The presets of the package, which the bundler puts into the page: configs/*.yaml. */

export interface LabPreset {
  readonly name: string;
  /** File name, for messages. */
  readonly file: string;
  readonly text: string;
  /** First comment line: what will be seen. */
  readonly description: string;
  /** Further comment lines, what they promise to be seen and when. */
  readonly remarks: string;
  /** How long it takes on the command line, or an empty text. */
  readonly takes: string;
}

const files = import.meta.glob<string>('../../configs/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What the list begins with, in the order of a first acquaintance; the others follow by name. */
const first = [
  'r1',
  'waiting',
  'modular-addition',
  'embedding-mlp',
  'parity',
  'copy',
  'random-labels',
  'isolated-dynamics',
];

/** All presets. */
export const presets: readonly LabPreset[] = Object.entries(files)
  .map(([path, text]) => presetFrom(path.slice(path.lastIndexOf('/') + 1), text))
  .sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));

function place({ name }: LabPreset): number {
  const found = first.indexOf(name);
  return found === -1 ? first.length : found;
}

/** A preset as its file tells it: what is seen, what is promised and how long it takes stand in comments. */
function presetFrom(file: string, text: string): LabPreset {
  const comments = text
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) => line.replace(/^#\s*/, ''));
  const [description = '', ...rest] = comments.filter((line) => !line.startsWith('takes:'));
  const takes = comments.find((line) => line.startsWith('takes:')) ?? '';
  return {
    name: file.replace(/\.yaml$/, ''),
    file,
    text,
    description,
    remarks: rest.join(' '),
    takes: takes.replace(/^takes:\s*/, ''),
  };
}

/** @throws Error in one sentence for a name that no preset has */
export function presetOf(name: string): LabPreset {
  const preset = presets.find((one) => one.name === name);
  if (preset !== undefined) return preset;
  const names = presets.map((one) => one.name).join(', ');
  throw new Error(`There is no preset '${name}'; choose one of ${names}.`);
}
