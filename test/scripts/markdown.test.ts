import { expect, test } from 'vitest';
import { anchorsOf, commandsOf, linksOf } from '../../scripts/markdown.mjs';

test('anchors are made as GitHub makes them', () => {
  const text = [
    '# The way of the data',
    '## `train`: what, when & why?',
    '## Same',
    '## Same',
    '### See [the plan](plan.md) of 2.0',
    '## Größe – π',
    '```',
    '# a comment in a shell',
    '```',
    '<a id="by-hand"></a>',
  ].join('\n');
  expect([...anchorsOf(text)]).toEqual([
    'the-way-of-the-data',
    'train-what-when--why',
    'same',
    'same-1',
    'see-the-plan-of-20',
    'größe--π',
    'by-hand',
  ]);
});

test('links and pictures are found in every form, with their lines, and not in code', () => {
  const text = [
    'See [a](a.md), ![b](b.svg "title") and [`c`](c.md#d).',
    '`[no](no.md)`',
    '[label]: e.md',
    '<img src="f.svg" alt="">',
    '```md',
    '[no](no.md)',
    '```',
    '[site](https://example.org) [g](<g h.md>)',
  ].join('\n');
  expect(linksOf(text)).toEqual([
    { target: 'a.md', line: 1 },
    { target: 'b.svg', line: 1 },
    { target: 'c.md#d', line: 1 },
    { target: 'e.md', line: 3 },
    { target: 'f.svg', line: 4 },
    { target: 'https://example.org', line: 8 },
    { target: 'g h.md', line: 8 },
  ]);
});

test('commands are found where a reader would type them', () => {
  const text = [
    'Run `npm start`, then `npx grokscope evaluate --run-dir runs/r1`; grokscope train is prose.',
    '```sh',
    '$ npm run reproduce R1 && grokscope visualize --run runs/r1',
    'cd grokscope && npm test',
    "import { train } from 'grokscope';",
    'grokscope --version',
    '```',
  ].join('\n');
  expect(commandsOf(text).map(({ tool, name, line }) => `${line}: ${tool} ${name}`)).toEqual([
    '1: npm start',
    '1: grokscope evaluate',
    '3: npm reproduce',
    '3: grokscope visualize',
    '4: npm test',
  ]);
});
