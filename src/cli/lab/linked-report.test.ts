import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { withLabLinks } from './linked-report.ts';

const clone = resolve('/clone');
const page = join(clone, 'trials', 'results', 'decay');
const known = ['trials/decay/decay 1/seed-001', 'a&b'];

function linked(href: string, folder = { runs: join(clone, 'runs') } as { runs?: string }) {
  const html = `<p><a class="x" href="${href}" title="seed 1">seed 1</a></p>`;
  const written = withLabLinks(html, page, folder.runs, (name) => known.includes(name));
  return /href="([^"]*)"/.exec(written)?.[1];
}

test('a link to the folder of a run that the lab has leads to that run in the lab', () => {
  expect(linked('../../../runs/trials/decay/decay%201/seed-001/')).toBe(
    '../#run=trials%2Fdecay%2Fdecay+1%2Fseed-001',
  );
  expect(linked('../../../runs/a&amp;b')).toBe('../#run=a%26b');
});

test('links to runs that are not there, and to all else on this machine, lead nowhere', () => {
  for (const href of [
    '../../../runs/trials/decay/decay%201/seed-002/',
    '../../../runs/',
    '../../../runs/../secret/',
    '../../../elsewhere/trials/decay/decay%201/seed-001/',
    '/etc/passwd',
    'report.md',
    '%zz',
    '',
  ]) {
    expect([href, linked(href)]).toEqual([href, undefined]);
  }
  expect(linked('../../../runs/a&amp;b', {})).toBeUndefined();
});

test('links within the page and to other sites stay', () => {
  for (const href of ['#rule', 'https://arxiv.org/abs/2210.01117', 'mailto:a@b.example']) {
    expect(linked(href)).toBe(href);
  }
});

test('all but links stays as it is, byte for byte', () => {
  const html = '<style>a[href="x"]{}</style><p data-href="../r1">a < b</p><abbr href="y">z</abbr>';
  expect(withLabLinks(html, page, clone, () => true)).toBe(html);
});
