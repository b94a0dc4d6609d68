import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow } from '../../scripts/fingerprint.mjs';
import { root } from '../../scripts/run.mjs';
import { circles } from './circles.ts';
import { sourceFacts } from './source-file.ts';

/** web/, the top floor beside the command line: what it is made of, and that none of it needs Node. */

/** Rooms of src that the lab may use, `.` being the library's face; a file of another room only where it is pure. */
const rooms = ['.', 'config', 'figures', 'measures'];

/** Pure files of rooms that as a whole belong to Node: formats that the lab reads and writes too, and what it simulates. */
const pureFiles =
  /^src\/(runs\/[\w-]+\.ts|cli\/lab\/served-runs\.ts|training\/[\w-]+\.ts|theory\/isolated\/[\w-]+\.ts)$/;

const sources = filesBelow(
  join(root, 'web'),
  (path) => /\.tsx?$/.test(path) && !/\.(test|d|config)\.tsx?$/.test(path),
);
const named = (path: string) => relative(root, path).split(sep).join('/');

const known = new Map<string, string[]>();
function importsOf(path: string): string[] {
  const imports = known.get(path) ?? sourceFacts(readFileSync(path, 'utf8'), path.endsWith('x')).imports;
  known.set(path, imports);
  return imports;
}

function fileOf(importer: string, specifier: string): string | undefined {
  if (specifier === 'grokscope') return join(root, 'src', 'index.ts');
  const path = resolve(dirname(importer), specifier);
  return specifier.startsWith('.') && /\.[jt]sx?$/.test(path) && existsSync(path) ? path : undefined;
}

/** Every file that the lab reaches by imports, its own included. */
function reached(): string[] {
  const found = new Set(sources);
  for (const path of found) {
    for (const specifier of importsOf(path)) {
      const file = fileOf(path, specifier);
      if (file !== undefined) found.add(file);
    }
  }
  return [...found];
}

test('the lab stands on the library, its figures, measures and settings, and on pure formats', () => {
  const foreign = sources.flatMap((path) =>
    importsOf(path)
      .flatMap((specifier) => fileOf(path, specifier) ?? [])
      .map(named)
      .filter((file) => file.startsWith('src/') && !pureFiles.test(file))
      .filter((file) => !rooms.includes(file.split('/').length === 2 ? '.' : (file.split('/')[1] ?? '')))
      .map((file) => `${named(path)} imports ${file}`),
  );
  expect(foreign).toEqual([]);
});

test('nothing that the lab reaches needs Node', () => {
  const files = reached();
  expect(files.length).toBeGreaterThan(100);
  const nodish = files
    // The engine asks for Node where there is one; test/browser/ shows that it does without.
    .filter((path) => !named(path).startsWith('src/engine/'))
    .flatMap((path) =>
      importsOf(path)
        .filter((specifier) => specifier.startsWith('node:'))
        .map((specifier) => `${named(path)} imports ${specifier}`),
    );
  expect(nodish).toEqual([]);
});

test('no imports of the lab run in a circle', () => {
  const graph = new Map(
    sources.map((path) => [path, importsOf(path).flatMap((specifier) => fileOf(path, specifier) ?? [])]),
  );
  expect(circles(graph).map((group) => group.map(named))).toEqual([]);
});

test('each file of the lab is one idea of at most 14 KB that says in its first line what it is', () => {
  expect(sources.filter((path) => readFileSync(path).length > 14_000).map(named)).toEqual([]);
  expect(sources.filter((path) => !readFileSync(path, 'utf8').startsWith('/**')).map(named)).toEqual([]);
});
