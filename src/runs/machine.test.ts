import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { describeMachine, packageCommit } from './machine.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

function checkout(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test.each([
  ['of a branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${commit}\n` }],
  ['of no branch', { '.git/HEAD': `${commit}\n` }],
  [
    'of a packed branch',
    {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/packed-refs': `# pack-refs with: peeled\n${'f'.repeat(40)} refs/heads/remain\n${commit} refs/heads/main\n`,
    },
  ],
  [
    'of a further work tree',
    {
      '.git': 'gitdir: store/worktrees/two\n',
      'store/worktrees/two/HEAD': 'ref: refs/heads/two\n',
      'store/worktrees/two/commondir': '../..\n',
      'store/refs/heads/two': `${commit}\n`,
    },
  ],
])('the commit %s is found', (_, files) => {
  expect(packageCommit(checkout(files))).toBe(commit);
});

test.each([
  ['no checkout', {}],
  ['a checkout without commits', { '.git/HEAD': 'ref: refs/heads/main\n' }],
])('%s has no commit', (_, files) => {
  expect(packageCommit(checkout(files))).toBeNull();
});

test('the machine is described in JSON', () => {
  const machine = describeMachine();
  expect(JSON.parse(JSON.stringify(machine))).toEqual(machine);
  expect(machine.cores).toBeGreaterThan(0);
  expect(machine.node).toBe(process.versions.node);
});
