import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentPage, labDocuments } from '../../scripts/lab-documents.mjs';
import { anchorsOf } from '../../scripts/markdown.mjs';
import { root } from '../../scripts/run.mjs';

const bodyOf = (markdown: string) =>
  /<main>\n([\s\S]*)<\/main>/.exec(documentPage('measures', markdown))?.[1];

test.each(labDocuments)(
  'the page of %s has every anchor of the document, and its links lead somewhere',
  (name) => {
    const page = documentPage(name);
    for (const anchor of anchorsOf(readFileSync(`${root}docs/${name}.md`, 'utf8'))) {
      expect(page).toContain(` id="${anchor}"`);
    }
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);
    const own =
      /^(#[\p{L}\p{N}_-]+|[\w-]+\.html(#[\p{L}\p{N}_-]+)?|https:\/\/.+|\.\.\/|data:,|document\.css)$/u;
    expect(targets.filter((target) => !own.test(target))).toEqual([]);
    for (const target of targets) {
      const [file = '', anchor] = target.split('#');
      if (anchor === undefined || target.startsWith('https:')) continue;
      const there = file === '' ? page : documentPage(file.replace('.html', ''));
      expect(there, target).toContain(` id="${anchor}"`);
    }
  },
);

test('links lead to pages of the lab, and what is not among its files stays as words', () => {
  expect(
    bodyOf('[a](science.md#words) [b](../src/index.ts) [c](run-directory.md) [d](https://arxiv.org) [e](#x)'),
  ).toBe(
    '<p><a href="science.html#words">a</a> b c <a href="https://arxiv.org">d</a> <a href="#x">e</a></p>\n',
  );
  expect(bodyOf('![a picture](figures/a.svg)')).toBe('');
});

test('headings of one name have anchors of their own, and tables scroll by themselves', () => {
  expect(bodyOf('## Two `words`\n\n## Two words')).toBe(
    '<h2 id="two-words">Two <code>words</code></h2>\n<h2 id="two-words-1">Two words</h2>\n',
  );
  expect(bodyOf('| a | b |\n|---|---|\n| `x \\| y` | 1 |')).toContain(
    '<td><code>x | y</code></td><td>1</td>',
  );
});

test('nothing of a page comes from elsewhere', () => {
  for (const name of labDocuments) expect(documentPage(name)).not.toMatch(/<script|src=|url\(|style=/);
});
