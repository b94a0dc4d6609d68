import { expect, test } from 'vitest';
import { type Asked, LONGEST_URL, type Names, refused } from './admission.ts';

const local: Names = { port: 4747, hosts: ['localhost', '127.0.0.1', '::1'], anyAddress: false };
const host = '127.0.0.1:4747';

const status = (asked: Partial<Asked>, names = local) =>
  refused({ method: 'GET', url: '/', headers: { host }, ...asked }, names)?.status;

test('reading requests to the server under its own names are heard', () => {
  for (const own of ['127.0.0.1:4747', 'localhost:4747', 'LOCALHOST:4747', '[::1]:4747']) {
    expect(status({ headers: { host: own } })).toBeUndefined();
  }
  expect(status({ method: 'HEAD' })).toBeUndefined();
  expect(status({ headers: { host: 'localhost' } }, { ...local, port: 80 })).toBeUndefined();
});

test('every other method is refused, with those that are not', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'get']) {
    const answer = refused({ method, url: '/', headers: { host } }, local);
    expect(answer).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
  }
});

test.each([
  'evil.example:4747',
  'localhost.evil.example:4747',
  'evil.localhost:4747',
  'localhost:80',
  'localhost',
  '127.0.0.1:4747, evil.example',
  'user@127.0.0.1:4747',
  '127.0.0.1:4747/',
  '192.168.0.7:4747',
  '[::1:4747',
  '',
])('a request for the host %j is refused', (foreign) => {
  expect(status({ headers: { host: foreign } })).toBe(403);
});

test('a request without a host is refused', () => {
  expect(status({ headers: {} })).toBe(403);
});

test('on a server opened to the network every address is its own, and no name but those it was given', () => {
  const open = { ...local, hosts: [...local.hosts, 'lab-machine'], anyAddress: true };
  expect(status({ headers: { host: '192.168.0.7:4747' } }, open)).toBeUndefined();
  expect(status({ headers: { host: '[fe80::1]:4747' } }, open)).toBeUndefined();
  expect(status({ headers: { host: 'lab-machine:4747' } }, open)).toBeUndefined();
  expect(status({ headers: { host: 'rebound.example:4747' } }, open)).toBe(403);
});

test('scripts of other pages are refused, by their origin and by what the browser says of them', () => {
  expect(status({ headers: { host, origin: 'http://127.0.0.1:4747' } })).toBeUndefined();
  for (const origin of [
    'http://evil.example',
    'null',
    'http://127.0.0.1:3000',
    'https://127.0.0.1:4747',
    '',
  ]) {
    expect(status({ headers: { host, origin } })).toBe(403);
  }
  const from = (site: string, mode: string, url: string) =>
    status({ url, headers: { host, 'sec-fetch-site': site, 'sec-fetch-mode': mode } });
  expect(from('same-origin', 'cors', '/api/runs')).toBeUndefined();
  expect(from('none', 'navigate', '/api/runs')).toBeUndefined();
  expect(from('cross-site', 'no-cors', '/api/runs')).toBe(403);
  expect(from('same-site', 'cors', '/api/runs')).toBe(403);
});

test('a link on another page may open the lab, and nothing else', () => {
  const from = (url: string) =>
    status({ url, headers: { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } });
  expect(from('/')).toBeUndefined();
  expect(from('/?preset=r1')).toBeUndefined();
  expect(from('/api/runs')).toBe(403);
  expect(from('//')).toBe(403);
});

test('addresses that are too long, or whole ones as proxies get them, are refused', () => {
  expect(status({ url: `/${'a'.repeat(LONGEST_URL - 1)}` })).toBeUndefined();
  expect(status({ url: `/${'a'.repeat(LONGEST_URL)}` })).toBe(414);
  expect(status({ url: 'http://127.0.0.1:4747/' })).toBe(400);
  expect(status({ url: '*' })).toBe(400);
});
