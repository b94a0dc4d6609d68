import { expect, test } from 'vitest';
import { cast, input, Machine, mul, parameter, sum } from './index.ts';

test('a parameter of the rows that a program keeps has the values of its last run, of every dtype and width', async () => {
  for (const width of [1, 3, 16, 113]) {
    const machine = await Machine.open();
    const x = input('x', [width], 'f32', { examples: true });
    const columns = Float32Array.from({ length: 70 * width }, (_, i) => (i * 7) % 11);
    machine.setColumns({ x: columns }, 70, { x: [width] });
    const keeping = machine.compile({ outputs: {}, perExample: { x: cast(mul(x, 3), 'f64') } });
    const table = parameter('table', [70, width], 'f64');
    machine.readRowsAs(table, keeping, 'x');
    const reading = machine.compile({ outputs: { total: sum(table, [1]), all: table } });
    keeping.run(Int32Array.from({ length: 70 }, (_, i) => 69 - i));
    reading.run();
    expect([...reading.value('all')]).toEqual([...keeping.value('x')]);
    const row = [...columns.subarray(69 * width, 70 * width)];
    expect(reading.value('total')[0]).toBe(3 * row.reduce((a, b) => a + b, 0));
  }
});

test('rows of another shape or dtype, a taken name and an unknown value are refused in a sentence', async () => {
  const machine = await Machine.open();
  const x = input('x', [2], 'f32', { examples: true });
  machine.setColumns({ x: new Float32Array(6) }, 3, { x: [2] });
  const program = machine.compile({ outputs: {}, perExample: { x } });
  expect(() => machine.readRowsAs(parameter('t', [4, 2], 'f32'), program, 'x')).toThrow(
    'parameter t: must be f32 [3, 2] to be the rows of "x", got f32 [4, 2]',
  );
  expect(() => machine.readRowsAs(parameter('t', [3, 2], 'f32'), program, 'y')).toThrow(
    '"y" is not one of x',
  );
  machine.readRowsAs(parameter('t', [3, 2], 'f32'), program, 'x');
  expect(() => machine.readRowsAs(parameter('t', [3, 2], 'f32'), program, 'x')).toThrow('exists already');
});
