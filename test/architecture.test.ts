import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow } from '../scripts/fingerprint.mjs';
import { root } from '../scripts/run.mjs';
import { circles } from './architecture/circles.ts';
import { sourceFacts } from './architecture/source-file.ts';

/** The rooms from the roof to the ground; `.` is src/ itself, the library's front door. Each imports only from those after it. */
const rooms = [
  ...['cli', '.', 'figures', 'trials', 'runs', 'theory', 'measures', 'training', 'models', 'tasks', 'config'],
  'engine',
];

/** Rooms whose results must be the same bits everywhere. */
const exactRooms = ['engine', 'measures', 'models', 'tasks', 'training'];

/** Files of the exact rooms that may use what differs between machines, and why that changes no result. */
const exceptions: Record<string, string> = {
  'src/engine/speed.ts': 'says how fast the kernels are; nothing is computed from it',
  'src/engine/tiles.ts': 'times two sets of tiles that give the same bits',
  'src/training/erf.ts': 'only the fit below uses it',
  'src/training/transition.ts': 'fits a curve to a finished run; nothing flows back into training',
};

const largest = 14_000; // bytes: beyond that a file is hardly one idea
const namelessRooms = /^(utils?|helpers?|common|misc)$/;

const sources = filesBelow(join(root, 'src'), (path) => /\.[jt]s$/.test(path)).map((path) => ({
  path: relative(root, path).split(sep).join('/'),
  absolute: path,
  text: readFileSync(path, 'utf8'),
}));
const production = sources
  .filter(({ path }) => !path.endsWith('.test.ts'))
  .map((source) => ({ ...source, facts: sourceFacts(source.text), room: roomOf(source.absolute) }));

function roomOf(absolute: string): string {
  const parts = relative(join(root, 'src'), absolute).split(sep);
  return parts.length === 1 ? '.' : parts[0];
}

test('every folder of src is a room of the plan', () => {
  expect(production.map(({ room }) => room).filter((room) => !rooms.includes(room))).toEqual([]);
});

test('no import runs upward', () => {
  const upward = production.flatMap(({ absolute, path, room, facts }) =>
    facts.imports
      .filter((specifier) => specifier.startsWith('.'))
      .filter(
        (specifier) => rooms.indexOf(roomOf(resolve(dirname(absolute), specifier))) < rooms.indexOf(room),
      )
      .map((specifier) => `${path} imports ${specifier}`),
  );
  expect(upward).toEqual([]);
});

test('no imports run in a circle', () => {
  const graph = new Map(
    production.map(({ absolute, facts }) => [
      absolute,
      facts.imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(absolute), specifier)),
    ]),
  );
  expect(circles(graph).map((group) => group.map((file) => relative(root, file)))).toEqual([]);
});

test('the package needs only what package.json names as its dependencies', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  const missing = production.flatMap(({ path, facts }) =>
    facts.imports
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(
        (specifier) => !installed.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
      )
      .map((specifier) => `${path} imports ${specifier}`),
  );
  expect(missing).toEqual([]);
});

test('what is computed depends on no clock, no chance and no function that differs between engines', () => {
  const inexact = production
    .filter(({ path, room }) => exactRooms.includes(room) && !(path in exceptions))
    .flatMap(({ path, facts }) => facts.inexact.map(({ what, line }) => `${path}:${line} uses ${what}`));
  expect(inexact).toEqual([]);
});

test('every exception to that rule is still needed', () => {
  const needed = production.filter(({ facts }) => facts.inexact.length > 0).map(({ path }) => path);
  expect(Object.keys(exceptions).filter((path) => !needed.includes(path))).toEqual([]);
});

test('each file is one idea of at most 14 KB, named as the idea', () => {
  const kernels = filesBelow(join(root, 'kernels'), (path) => path.endsWith('.ts'));
  const paths = [...sources.map(({ absolute }) => absolute), ...kernels];
  const large = paths.filter((path) => readFileSync(path).length > largest);
  const nameless = paths.filter((path) =>
    relative(root, path)
      .split(/[\\/]/)
      .flatMap((part) => basename(part, '.ts').split(/[-._]/))
      .some((word) => namelessRooms.test(word)),
  );
  expect({ large, nameless }).toEqual({ large: [], nameless: [] });
});
