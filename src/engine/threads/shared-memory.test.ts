import { afterEach, expect, test, vi } from 'vitest';
import { input, matmul, parameter, sum, sumExamples } from '../index.ts';
import { Machine } from '../machine.ts';
import { sizeOf } from '../shape.ts';
import { importingSharedMemory, openSharedMemory } from './shared-memory.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function product(threads: number) {
  const notices: string[] = [];
  const machine = await Machine.open({ threads, onNotice: (sentence) => notices.push(sentence) });
  const [a, b] = [parameter('a', [60, 50], 'f32'), parameter('b', [50, 70], 'f32')];
  for (const x of [a, b])
    machine.setParameter(
      x,
      Float32Array.from({ length: sizeOf(x.shape) }, (_, i) => (i % 17) / 7),
    );
  const program = machine.compile({ outputs: { c: matmul(a, b) } });
  program.run();
  const values = program.value('c');
  const { threads: found } = machine;
  await machine.close();
  return { values, notices, threads: found };
}

const unshared =
  'this host gives no memory that threads can share (a page needs to be cross-origin isolated for it); ' +
  'the computation runs on one thread';

test('without shared memory a machine computes on one thread, says so, and gives the same bits', async () => {
  const two = await product(2);
  expect(two).toMatchObject({ threads: 2, notices: [] });
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(await product(2)).toEqual({ values: two.values, threads: 1, notices: [unshared] });
});

/** A host that refuses shared memories whose maximum, in pages, is as large as this. */
function refuseFrom(pages: number): number[] {
  const asked: number[] = [];
  class Refusing extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (descriptor.shared) asked.push(descriptor.maximum ?? 0);
      if ((descriptor.maximum ?? 0) >= pages)
        throw new RangeError('WebAssembly.Memory(): could not allocate');
      super(descriptor);
    }
  }
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Memory: { value: Refusing } }));
  return asked;
}

test('so it does where the host refuses every size of it', async () => {
  const asked = refuseFrom(1);
  expect(await product(3)).toMatchObject({ threads: 1, notices: [unshared] });
  expect(asked).toEqual([65536, 16384, 4096, 1024]);
});

test('a smaller maximum is taken where a large one is refused', () => {
  refuseFrom(5000);
  const memory = openSharedMemory(2) as WebAssembly.Memory;
  expect(memory.buffer.byteLength).toBe(131_072);
  expect(() => memory.grow(4095)).toThrow(RangeError);
  memory.grow(4094);
});

test('where there is no room for the scratch of all threads, a program runs on one', async () => {
  const grow = WebAssembly.Memory.prototype.grow;
  let refusals = 0;
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(function (
    this: WebAssembly.Memory,
    pages: number,
  ) {
    // Four tiles of 64 rows of 4,000 numbers are 4 MB; nothing else needs half of that.
    if (pages > 32 && refusals++ === 0) throw new RangeError('WebAssembly.Memory.grow(): maximum exceeded');
    return grow.call(this, pages);
  });
  const notices: string[] = [];
  const machine = await Machine.open({ threads: 4, onNotice: (sentence) => notices.push(sentence) });
  machine.setColumns({ x: new Float32Array(8000).fill(3) }, 2, { x: [4000] });
  const x = input('x', [4000], 'f32', { examples: true });
  const program = machine.compile({ outputs: { sum: sum(sumExamples(x)) } }, { mostExamples: 100 });
  program.run(Int32Array.from({ length: 100 }, (_, i) => i % 2));
  expect(program.scalar('sum')).toBe(1_200_000);
  expect(notices).toEqual([
    expect.stringMatching(/^there is no memory for 4 threads of \d MB each; this part runs on one$/),
  ]);
  await machine.close();
});

test('a number of threads that is none is refused', async () => {
  for (const threads of [0, -1, 1.5, 65, Number.NaN])
    await expect(Machine.open({ threads })).rejects.toThrow(
      `threads: needs a whole number from 1 to 64, got ${threads}`,
    );
});

test('a module of another kind is refused', () => {
  const empty = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  expect(() => importingSharedMemory(empty)).toThrow('internal: the kernels import no memory');
  const importsFunction = Uint8Array.of(...empty, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0);
  expect(() => importingSharedMemory(importsFunction)).toThrow(
    'internal: the kernels import something else than one memory without a maximum',
  );
});
