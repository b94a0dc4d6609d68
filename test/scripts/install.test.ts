import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { staleness } from '../../scripts/install.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grokscope-install-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, packages: object): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify({ packages }));
}

const locked = {
  '': { name: 'us' },
  'node_modules/a': { version: '1.2.0' },
  'node_modules/@s/b': { version: '2.0.0' },
  'node_modules/for-another-platform': { version: '1.0.0', optional: true },
};

test('a bare clone has to install', () => {
  expect(staleness(folder)).toBe('node_modules is missing');
});

test('what is installed as locked need not be installed again; packages for other platforms may be absent', () => {
  write('package-lock.json', locked);
  write('node_modules/.package-lock.json', {
    'node_modules/a': { version: '1.2.0' },
    'node_modules/@s/b': { version: '2.0.0' },
  });
  expect(staleness(folder)).toBeUndefined();
});

test('a package that is missing or of another version is named', () => {
  write('package-lock.json', locked);
  write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.0' } });
  expect(staleness(folder)).toBe('@s/b should be 2.0.0 and is missing');
  write('node_modules/.package-lock.json', {
    'node_modules/a': { version: '1.1.0' },
    'node_modules/@s/b': { version: '2.0.0' },
  });
  expect(staleness(folder)).toBe('a should be 1.2.0 and is 1.1.0');
});
