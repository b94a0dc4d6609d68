import { expect, test } from 'vitest';
import { type Output, startedAs, wantsAscii, wantsColor } from './host.ts';

const output = (isTerminal: boolean): Output => ({
  isTerminal,
  write: () => {},
  columns: () => 80,
  onResize: () => () => {},
});

test('colour is for terminals, unless NO_COLOR or FORCE_COLOR says otherwise', () => {
  expect(wantsColor(output(true), {})).toBe(true);
  expect(wantsColor(output(false), {})).toBe(false);
  expect(wantsColor(output(true), { NO_COLOR: '1' })).toBe(false);
  expect(wantsColor(output(true), { NO_COLOR: '' })).toBe(true);
  expect(wantsColor(output(false), { FORCE_COLOR: '1' })).toBe(true);
  expect(wantsColor(output(true), { FORCE_COLOR: '0' })).toBe(false);
  expect(wantsColor(output(false), { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
});

test('ASCII is for locales without UTF-8 and bare consoles', () => {
  expect(wantsAscii({})).toBe(false);
  expect(wantsAscii({ LANG: 'en_GB.UTF-8' })).toBe(false);
  expect(wantsAscii({ LANG: 'de_DE.utf8' })).toBe(false);
  expect(wantsAscii({ LANG: 'C' })).toBe(true);
  expect(wantsAscii({ LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' })).toBe(true);
  expect(wantsAscii({ TERM: 'linux', LANG: 'en_GB.UTF-8' })).toBe(true);
});

test('commands to copy begin as this one was started', () => {
  expect(startedAs('/usr/local/bin/grokscope', '/home/me')).toBe('grokscope');
  expect(startedAs('/home/me/node_modules/.bin/grokscope', '/home/me')).toBe('npx grokscope');
  expect(startedAs('/home/me/node_modules/grokscope/dist/cli/main.js', '/home/me')).toBe('npx grokscope');
  expect(startedAs('/src/clone/dist/cli/main.js', '/src/clone')).toBe('node dist/cli/main.js');
  expect(startedAs('/src/my clone/dist/cli/main.js', '/src')).toBe("node 'my clone/dist/cli/main.js'");
});
