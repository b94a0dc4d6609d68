import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fullDisk, systemError } from '../../test/disks/faulty-disk.ts';
import { temporaryFolder } from '../../test/disks/temporary-folder.ts';
import { AppendFile } from './append-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { RunError } from './run-error.ts';

const lines = ['step,split\n', '0,träin\n', '0,val\n'];
const whole = new TextEncoder().encode(lines.join(''));

test('torn at any byte, the file opens with its whole lines and goes on after them', () => {
  const path = join(temporaryFolder(), 'lines.csv');
  for (let length = 0; length <= whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const file = new AppendFile(path);
    file.append('new\n');
    file.close();
    const text = new TextDecoder().decode(whole.subarray(0, length));
    const kept = lines.filter((_, index) => text.startsWith(lines.slice(0, index + 1).join('')));
    expect(readFileSync(path, 'utf8'), `${length} bytes`).toBe(`${kept.join('')}new\n`);
  }
});

test('zeros after the last line, as some file systems leave after a power cut, are removed', () => {
  const path = join(temporaryFolder(), 'lines.csv');
  writeFileSync(path, 'a\n\0\0\0\0');
  new AppendFile(path).close();
  expect(readFileSync(path, 'utf8')).toBe('a\n');
});

test('with room for any number of bytes, the file holds the appends that fitted and nothing else', () => {
  const folder = temporaryFolder();
  for (let room = 0; room <= whole.length; room++) {
    const path = join(folder, `${room}.csv`);
    const file = new AppendFile(path, fullDisk(room));
    let fitted = '';
    for (const line of lines) {
      try {
        file.append(line);
        fitted += line;
      } catch (error) {
        expect(error).toBeInstanceOf(RunError);
        expect(error).toMatchObject({ code: 'disk-full' });
        break;
      }
    }
    file.close();
    expect(readFileSync(path, 'utf8'), `room for ${room} bytes`).toBe(fitted);
  }
});

test('an append that could not even be taken back is taken back by the next one', () => {
  const path = join(temporaryFolder(), 'lines.csv');
  let sick = false;
  const disk: FileSystem = {
    ...nodeFileSystem,
    write(handle, bytes, position) {
      if (!sick) return nodeFileSystem.write(handle, bytes, position);
      nodeFileSystem.write(handle, bytes.subarray(0, 3), position);
      throw systemError('EIO');
    },
    truncate(handle, length) {
      if (sick) throw systemError('EIO');
      nodeFileSystem.truncate(handle, length);
    },
  };
  const file = new AppendFile(path, disk);
  file.append('first\n');
  sick = true;
  expect(() => file.append('a long second line\n')).toThrow(/failed with EIO/);
  sick = false;
  file.append('3\n');
  file.close();
  expect(readFileSync(path, 'utf8')).toBe('first\n3\n');
});

test('half a line is never appended', () => {
  const file = new AppendFile(join(temporaryFolder(), 'lines.csv'));
  expect(() => file.append('no end')).toThrow('internal:');
  file.close();
});
