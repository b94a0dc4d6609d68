import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../disks/temporary-folder.ts';
import { openRun, servedLab, smallPage } from './lab-folders.ts';
import { rawGet, rawRequest } from './raw-request.ts';

const secret = 'the secret outside';

/** runs/r1 is a run, runs/t a trial's report; beside runs/ stand a secret, and a run and a report that are nobody's business. */
async function guarded() {
  const around = temporaryFolder();
  const runs = join(around, 'runs');
  mkdirSync(runs);
  openRun(join(runs, 'r1'));
  openRun(join(around, 'outside'));
  writeFileSync(join(around, 'secret.txt'), secret);
  writeFileSync(join(around, 'outside', 'summary.json'), secret);
  writeFileSync(join(runs, 'r1', 'notes.txt'), secret);
  writeFileSync(join(runs, 'r1', 'report.html'), '<script>alert(1)</script>');
  writeReport(join(runs, 't'), '<p>a report</p>');
  writeReport(join(around, 'report outside'), secret);
  const results = join(around, 'results');
  writeReport(join(results, 't2'), '<p>another</p>');
  return { around, runs, results, port: (await servedLab(runs, smallPage(), results)).port };
}

function writeReport(folder: string, html: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.json'), '{}');
  writeFileSync(join(folder, 'report.html'), html);
}

test('no target leads outside of the page and the runs', async () => {
  const { port } = await guarded();
  const names = [
    '..',
    '../outside',
    'r1/../../outside',
    './r1',
    'r1/',
    '/r1',
    'r1//',
    '..%2foutside',
    '%2e%2e/outside',
    '%2e%2e%2foutside',
    '..%5coutside',
    '..\\outside',
    'r1\\..\\..\\outside',
    '%252e%252e%252foutside',
    '%c0%ae%c0%ae%c0%afoutside',
    'r1%00',
    'r1%00/../../outside',
    'r1%0a',
    'C:%5c',
    'C:/Windows',
    '%5c%5cserver%5cshare',
    '.',
    '',
    'a'.repeat(1500),
    '%',
    '%zz',
    'r1/checkpoints',
    '__proto__',
    'constructor',
  ];
  const files = [
    '../../secret.txt',
    '..%2f..%2fsecret.txt',
    '%2e%2e%2f%2e%2e%2fsecret.txt',
    'checkpoints/../../../secret.txt',
    'checkpoints%2f..%2f..%2f..%2fsecret.txt',
    'checkpoints/..%5c..%5csecret.txt',
    'metrics.csv%00',
    'metrics.csv%00.txt',
    'metrics.csv/',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'notes.txt',
    'report.html',
    'lock',
    'DONE',
    'checkpoints',
    'checkpoints/',
    'constructor/x',
    '__proto__/x',
    '',
  ];
  const targets = [
    '/../secret.txt',
    '/../../../../../../etc/passwd',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%00/secret.txt',
    '/assets',
    '/assets/',
    '//etc/passwd',
    '///etc/passwd',
    '/index.html/',
    '/index.html%00',
    '/api',
    '/api/',
    '/api/unknown',
    '/api/../index.html',
    '/API/runs',
    ...names.flatMap((name) => [`/api/run?name=${name}`, `/api/metrics?name=${name}`]),
    ...names.map((name) => `/api/file?name=${name}&file=summary.json`),
    ...files.map((file) => `/api/file?name=r1&file=${file}`),
    ...names.map((name) => `/api/report?folder=runs&name=${name}`),
    ...['report%20outside', '../report%20outside', 't/..', 't/../t', 't/report.html', 'r1', 't%00', 't2'].map(
      (name) => `/api/report?folder=runs&name=${name}`,
    ),
    ...['t', '../runs/t', '../report%20outside', '..%2freport%20outside', '/', '.', 't2/'].map(
      (name) => `/api/report?folder=results&name=${name}`,
    ),
    ...['', '..', 'Results', 'results/..', '__proto__', 'constructor', '%2e%2e'].map(
      (folder) => `/api/report?folder=${folder}&name=t`,
    ),
    '/api/report?name=t',
    '/api/report?folder=runs',
    '/api/report/t',
    '/api/report/../../secret.txt',
    '/api/file?name=t&file=report.html',
    '/api/file?name=t&file=results.json',
    '/api/file?name=r1/..&file=r1/metrics.csv',
    '/api/file?name=../outside&name=r1&file=summary.json',
  ];
  for (const target of targets) {
    const { status, body } = await rawGet(port, target);
    expect([target, status]).toEqual([target, 404]);
    expect(body).not.toContain(secret);
    expect(body).not.toContain('root:');
  }
});

test('a name that is no run gives an empty list of runs, and the reason', async () => {
  const { port } = await guarded();
  for (const name of ['../outside', '..%2foutside', 'nowhere', '', 'C:%5c', 'r1/']) {
    const { status, body } = await rawGet(port, `/api/runs?name=${name}`);
    expect([name, status]).toEqual([name, 200]);
    expect(JSON.parse(body)).toEqual({
      runs: [],
      notices: [expect.stringMatching(/cannot be the name|is not in/)],
    });
    expect(body).not.toContain(secret);
  }
});

test('links to reports, and within them, are not followed', async () => {
  const { around, runs, results, port } = await guarded();
  symlinkSync(join(around, 'report outside'), join(runs, 'link'), 'junction');
  symlinkSync(join(around, 'report outside'), join(results, 'link'), 'junction');
  mkdirSync(join(runs, 'half'));
  writeFileSync(join(runs, 'half', 'results.json'), '{}');
  symlinkSync(join(around, 'report outside', 'report.html'), join(runs, 'half', 'report.html'));
  for (const target of ['folder=runs&name=link', 'folder=results&name=link', 'folder=runs&name=half']) {
    const { status, body } = await rawGet(port, `/api/report?${target}`);
    expect([target, status]).toEqual([target, 404]);
    expect(body).not.toContain(secret);
  }
  const { reports } = JSON.parse((await rawGet(port, '/api/reports')).body);
  expect(reports.map(({ name }: { name: string }) => name)).toEqual(['t', 't2']);
});

test('a report may be looked at and nothing else, whatever was written into it', async () => {
  const { port } = await guarded();
  for (const target of ['/api/report?folder=runs&name=t', '/api/report?folder=results&name=t2']) {
    const { status, headers } = await rawGet(port, target);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const policy = (headers['content-security-policy'] ?? '').split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy.filter((rule) => /script|connect|frame-src|worker/.test(rule))).toEqual([]);
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain('sandbox allow-popups allow-popups-to-escape-sandbox');
    // Browsers show an error in place of a page that wants both.
    expect(headers['cross-origin-opener-policy']).toBe('unsafe-none');
  }
  const cross = await rawGet(port, '/api/report?folder=runs&name=t', 'Sec-Fetch-Site: cross-site');
  expect(cross.status).toBe(403);
});

test('links are followed neither out of the folder nor into it', async () => {
  const { around, runs, port } = await guarded();
  symlinkSync(join(around, 'outside'), join(runs, 'link'), 'junction');
  mkdirSync(join(runs, 'r2'));
  openRun(join(runs, 'r2'));
  symlinkSync(join(around, 'outside', 'summary.json'), join(runs, 'r2', 'summary.json'));
  symlinkSync(around, join(runs, 'r2', 'checkpoints'), 'junction');
  writeFileSync(join(around, 'step-000001.safetensors'), secret);
  openRun(join(runs, 'r3'));
  renameSync(join(runs, 'r3', 'metrics.csv'), join(around, 'elsewhere.csv'));
  symlinkSync(join(around, 'elsewhere.csv'), join(runs, 'r3', 'metrics.csv'));
  openRun(join(runs, 'r4'));
  renameSync(join(runs, 'r4', 'meta.json'), join(around, 'meta.json'));
  symlinkSync(join(around, 'meta.json'), join(runs, 'r4', 'meta.json'));
  for (const target of [
    '/api/run?name=link',
    '/api/metrics?name=link',
    '/api/file?name=link&file=metrics.csv',
    '/api/file?name=r2&file=summary.json',
    '/api/file?name=r2&file=checkpoints/step-000001.safetensors',
    '/api/metrics?name=r3',
    '/api/file?name=r3&file=metrics.csv',
    '/api/run?name=r4',
  ]) {
    const { status, body } = await rawGet(port, target);
    expect([target, status]).toEqual([target, 404]);
    expect(body).not.toContain(secret);
  }
  const { body } = await rawGet(port, '/api/runs');
  const { runs: listed } = JSON.parse(body);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(['r1', 'r2', 'r3']);
});

test('a link in the built page is no file of it', async () => {
  const page = smallPage();
  const outside = join(temporaryFolder(), 'secret.txt');
  writeFileSync(outside, secret);
  symlinkSync(outside, join(page, 'link.txt'));
  const { port } = await servedLab(temporaryFolder(), page);
  expect((await rawGet(port, '/link.txt')).status).toBe(404);
});

test('requests that are none, or too long, or for another server, are refused and harm nobody', async () => {
  const { port } = await guarded();
  const own = `Host: 127.0.0.1:${port}`;
  const end = 'Connection: close\r\n\r\n';
  const refusals: [text: string, status: number][] = [
    [`POST /api/runs HTTP/1.1\r\n${own}\r\nContent-Length: 5\r\n${end}hello`, 405],
    [`DELETE /api/file?name=r1&file=metrics.csv HTTP/1.1\r\n${own}\r\n${end}`, 405],
    [`OPTIONS * HTTP/1.1\r\n${own}\r\n${end}`, 405],
    [`GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${own}\r\n${end}`, 400],
    [`GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n${end}`, 400],
    [`GET / HTTP/1.1\r\nHost: evil.example\r\n${end}`, 403],
    [`GET / HTTP/1.1\r\nHost: evil.example:${port}\r\n${end}`, 403],
    [`GET / HTTP/1.0\r\n${end}`, 403],
    [`GET / HTTP/1.1\r\n${end}`, 400],
    [`GET /api/runs HTTP/1.1\r\n${own}\r\nOrigin: http://evil.example\r\n${end}`, 403],
    [`GET /api/runs HTTP/1.1\r\n${own}\r\nOrigin: null\r\n${end}`, 403],
    [`GET /${'a'.repeat(3000)} HTTP/1.1\r\n${own}\r\n${end}`, 414],
    [`GET /${'a'.repeat(40_000)} HTTP/1.1\r\n${own}\r\n${end}`, 431],
    [`GET / HTTP/1.1\r\n${own}\r\nX-Long: ${'a'.repeat(40_000)}\r\n${end}`, 431],
    ['no request at all\r\n\r\n', 400],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    [`GET /\x00 HTTP/1.1\r\n${own}\r\n${end}`, 400],
    [`GET / HTTP/1.1\r\n${own}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${end}`, 400],
  ];
  for (const [text, status] of refusals) {
    const answer = await rawRequest(port, text);
    expect([text.slice(0, 80), answer.status]).toEqual([text.slice(0, 80), status]);
    expect(answer.body).not.toContain('<title>');
  }
  expect((await rawGet(port, '/')).status).toBe(200);
});

test('a client that goes away in the middle of an answer leaves the server as it was', async () => {
  const page = smallPage();
  writeFileSync(join(page, 'large.bin'), new Uint8Array(8_000_000));
  const { port } = await servedLab(temporaryFolder(), page);
  for (let i = 0; i < 5; i++) {
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      });
      socket.once('data', () => socket.destroy());
      socket.once('close', () => done());
    });
  }
  expect((await rawGet(port, '/')).status).toBe(200);
});
