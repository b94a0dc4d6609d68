import { expect, onTestFinished, test, vi } from 'vitest';
import { writtenZip } from '../archive/written-zip.ts';
import { FilesSource } from './files-source.ts';
import { type OpenedFiles, openedArchive, openedFolder } from './opened-files.ts';
import { RecordedRun } from './recorded-run.ts';

const meta = JSON.stringify({ run_id: 'a'.repeat(64), numeric_version: '0' });
const metrics = 'step,split,loss,accuracy\n0,train,1,0.5\n0,val,1,0.25\n10,train,0.5,1\n';
const whole = { 'meta.json': meta, 'config.yaml': 'seed: 1\n', 'metrics.csv': metrics };

function archiveOf(files: Readonly<Record<string, string>>, name = 'r1.zip'): File {
  const named = Object.entries(files).map(([path, text]) => ({
    name: path,
    bytes: new TextEncoder().encode(text),
  }));
  return new File(writtenZip(named), name);
}

function within(folder: string, files: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}${path}`, text]));
}

/** A file that says it is so large; reading it fails the test. */
function hugeFile(name: string, size: number): File {
  const file = new File([], name);
  Object.defineProperty(file, 'size', { value: size });
  file.slice = () => {
    throw new Error('it was read');
  };
  return file;
}

async function shown(opened: OpenedFiles) {
  const worker = () => ({ postMessage: () => {}, addEventListener: () => {}, terminate: () => {} });
  const run = new RecordedRun(new FilesSource(opened), opened.name, { worker });
  onTestFinished(() => run.dispose());
  await vi.waitUntil(() => run.status.value.kind !== 'loading');
  return run;
}

test.each(['', 'r1/', 'results/r1/'])(
  'a run is found in an archive below "%s", and nothing else is taken from it',
  async (place) => {
    const files = within(place, {
      ...whole,
      'notes.txt': 'x',
      '../meta.txt': 'x',
      'checkpoints/step-5.txt': 'x',
    });
    const opened = await openedArchive(archiveOf(files));
    expect([...opened.files.keys()].sort()).toEqual(Object.keys(whole).sort());
    const run = await shown(opened);
    expect(run.rows.value).toHaveLength(3);
    expect(run.status.value.kind).toBe('stopped');
  },
);

test('a folder with DONE is a finished run, and a torn last line of its metrics is left out', async () => {
  const files = { ...whole, DONE: '', 'metrics.csv': `${metrics}20,tra` };
  const listed = Object.entries(files).map(([path, text]) => ({
    path: `r1/${path}`,
    file: new File([text], path),
  }));
  const run = await shown(openedFolder('r1', listed));
  expect(run.status.value.kind).toBe('finished');
  expect(run.step.value).toBe(10);
});

test('what is missing or damaged in a run is a sentence that names it', async () => {
  const { 'metrics.csv': _, ...without } = whole;
  const sentenceOf = async (files: Readonly<Record<string, string>>) => {
    const { status } = await shown(await openedArchive(archiveOf(files)));
    return status.value.kind === 'failed' ? status.value.sentence : status.value.kind;
  };
  expect(await sentenceOf(without)).toMatch(/r1\/metrics\.csv is missing; open a whole run directory/);
  expect(await sentenceOf({ ...whole, 'metrics.csv': '' })).toMatch(/metrics\.csv is empty/);
  expect(await sentenceOf({ ...whole, 'metrics.csv': 'step,split\n0,train\n' })).toMatch(/metrics\.csv/);
  expect(await sentenceOf({ ...whole, 'meta.json': '{"run_id"' })).toMatch(
    /meta\.json does not describe a run/,
  );
});

test('a checkpoint that changed since the archive was made is said to have', async () => {
  const archive = archiveOf({ ...whole, 'checkpoints/step-000010.safetensors': 'weights' });
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const place = new TextDecoder('latin1').decode(bytes).indexOf('weights');
  bytes[place] = 0;
  const source = new FilesSource(await openedArchive(new File([bytes], 'r1.zip')));
  expect((await source.detail('r1')).checkpoints).toEqual([{ step: 10 }]);
  await expect(source.checkpoint('r1', 'checkpoints/step-000010.safetensors')).rejects.toThrow(
    /^it has changed/,
  );
});

test('a foreign archive, one of several runs, and what is no archive are each a sentence with a way on', async () => {
  await expect(openedArchive(archiveOf({ 'a/b.txt': 'x' }))).rejects.toThrow(
    /r1 holds no run: there is no meta\.json in it; open/,
  );
  const two = { ...within('r1/', whole), ...within('r2/', whole) };
  await expect(openedArchive(archiveOf(two))).rejects.toThrow(/holds 2 runs; open one of them/);
  await expect(openedArchive(new File(['step,split'], 'metrics.csv'))).rejects.toThrow(
    'metrics.csv cannot be opened: it is no zip archive; open a zip archive or a folder of a run.',
  );
});

test('what is too large is refused by its size, before anything of it is read', async () => {
  await expect(openedArchive(hugeFile('big.zip', 2e9))).rejects.toThrow(
    /big\.zip has 2\.0 GB, more than the 512 MB .* grokscope lab FOLDER/,
  );
  const files = [
    { path: 'r1/meta.json', file: new File([meta], 'meta.json') },
    { path: 'r1/metrics.csv', file: hugeFile('metrics.csv', 2e8) },
  ];
  expect(() => openedFolder('r1', files)).toThrow(/r1\/metrics\.csv has 200 MB/);
});
