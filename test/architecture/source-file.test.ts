import { expect, test } from 'vitest';
import { circles } from './circles.ts';
import { sourceFacts } from './source-file.ts';

test('every way to import is seen, and nothing in comments and strings', () => {
  const text = `
    import a from './a.ts';
    import type { B } from './b.ts';
    export * from './c.ts';
    const d = await import('./d.ts');
    let e: import('./e.ts').E;
    // import f from './f.ts'
    const g = "import './g.ts'";
  `;
  expect(sourceFacts(text).imports).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
});

test.each([
  ['Math.exp(x)', 'Math.exp'],
  ['Math.hypot(x, y)', 'Math.hypot'],
  ['const { exp } = Math', 'Math itself, taken apart or passed on'],
  ['Math["exp"](x)', 'Math itself, taken apart or passed on'],
  ['Date.now()', 'Date.now'],
  ['new Date()', 'new Date()'],
  ['performance.now()', 'performance.now'],
  ['x ** 2', '**'],
  ['x **= 2', '**'],
  ['10 ** -3', '**'],
])('%s is not the same everywhere', (code, what) => {
  expect(sourceFacts(`\n${code};`).inexact).toEqual([{ what, line: 2 }]);
});

test.each([
  'Math.sqrt(x)',
  'Math.fround(x) * Math.imul(a, b)',
  '2 ** -126',
  'new Date(0)',
  '"Math.exp"',
  '/* Date.now() */ 1',
])('%s is', (code) => {
  expect(sourceFacts(code).inexact).toEqual([]);
});

test('circles of any length are found, and only those', () => {
  const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));
  expect(circles(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
  expect(circles(graph({ a: ['a'] }))).toEqual([['a']]);
  const found = circles(graph({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'] }));
  expect(found.map((group) => group.sort()).sort()).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});
