import { expect, test } from 'vitest';
import { isolated, kindOf } from './isolation.ts';

test('an isolated answer has the three headers beside its own, and the same status and body', async () => {
  const answer = isolated(
    new Response('body', { status: 404, statusText: 'gone', headers: { 'Content-Type': 'text/css' } }),
  );
  expect(answer.status).toBe(404);
  expect(answer.statusText).toBe('gone');
  expect(await answer.text()).toBe('body');
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'text/css',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('an answer that may not be read is passed on', () => {
  const opaque = Response.error();
  expect(isolated(opaque)).toBe(opaque);
});

const scope = 'https://host.example/some/lab/';

test.each([
  ['', 'GET', 'navigate', 'page'],
  ['?from=mail#preset=r1', 'GET', 'navigate', 'page'],
  ['index.html', 'GET', 'navigate', 'page'],
  ['assets/index-B3x_9aZ0.js', 'GET', 'cors', 'file'],
  ['', 'HEAD', 'cors', 'page'],
  ['', 'POST', 'cors', undefined],
  ['icon.svg', 'HEAD', 'cors', undefined],
  ['api/runs', 'GET', 'cors', undefined],
  ['api/file?name=r1&file=config.yaml', 'GET', 'cors', undefined],
  ['docs/measures.html#spectrum', 'GET', 'navigate', 'file'],
  ['other.html', 'GET', 'navigate', undefined],
  ['../else.js', 'GET', 'cors', undefined],
  ['https://other.example/some/lab/', 'GET', 'cors', undefined],
])('%s asked by %s (%s) is %s to the service worker', (path, method, mode, kind) => {
  expect(kindOf({ url: new URL(path, scope).href, method, mode }, scope)).toBe(kind);
});
