import { describe, expect, test } from 'vitest';
import { Stream } from '../../engine/philox.ts';
import { type FiniteGroup, groupOf } from './index.ts';
import { cyclesOf, cycleType, isEven, permutationsOf } from './permutations.ts';

const names = ['C2', 'C7', 'C12', 'D3', 'D4', 'D7', 'D10', 'S3', 'S4', 'S5', 'A4', 'A5'];

/** |G|⁻¹ Σ_g χ(g)ψ(g) over elements, not classes, so that sizes of classes are tested too. */
function innerProduct({ order, classOf, characters }: FiniteGroup, i: number, j: number): number {
  let total = 0;
  for (let g = 0; g < order; g++)
    total += characters[i].values[classOf[g]] * characters[j].values[classOf[g]];
  return total / order;
}

describe.each(names)('%s', (name) => {
  const group = groupOf(name);
  const { order, table, inverse, classes, classOf, characters, elements } = group;
  const times = (g: number, h: number) => table[g * order + h];
  const all = Array.from({ length: order }, (_, g) => g);

  test('element 0 is the identity, and every element times its inverse is 0', () => {
    for (const g of all) {
      expect([times(0, g), times(g, 0)]).toEqual([g, g]);
      expect([times(g, inverse[g]), times(inverse[g], g)]).toEqual([0, 0]);
    }
    expect(new Set(elements).size).toBe(order);
  });

  test('composition is associative', () => {
    const stream = new Stream(1, name);
    const triples = order ** 3 <= 20_000 ? order ** 3 : 20_000;
    for (let i = 0; i < triples; i++) {
      const whole = order ** 3 === triples ? i : undefined;
      const [a, b, c] =
        whole === undefined
          ? [stream.integer(order), stream.integer(order), stream.integer(order)]
          : [whole % order, Math.floor(whole / order) % order, Math.floor(whole / order ** 2)];
      if (times(times(a, b), c) !== times(a, times(b, c))) expect([a, b, c]).toBe('associative');
    }
  });

  test('classes are the orbits of conjugation', () => {
    expect(classes.flatMap((members) => [...members]).toSorted((a, b) => a - b)).toEqual(all);
    for (const [number, members] of classes.entries()) {
      for (const g of members) expect(classOf[g]).toBe(number);
      const orbit = new Set(all.map((x) => times(times(x, members[0]), inverse[x])));
      expect([...orbit].toSorted((a, b) => a - b)).toEqual([...members]);
    }
  });

  test('characters are orthogonal with their norms, and squares of dimensions add up to the order', () => {
    for (const [i, character] of characters.entries()) {
      expect(character.values[0]).toBe(character.dimension);
      for (let j = 0; j <= i; j++)
        expect(innerProduct(group, i, j)).toBeCloseTo(i === j ? character.norm : 0, 12);
    }
    expect(characters.reduce((sum, { dimension, norm }) => sum + dimension ** 2 / norm, 0)).toBe(order);
  });

  // Σ χ(g)χ(h)/norm over the real characters is the mean of the complex columns at (g, h) and at (g, h⁻¹).
  test('columns are orthogonal: the centraliser where classes are equal or inverse, 0 elsewhere', () => {
    for (const [c, first] of classes.entries())
      for (const [d, second] of classes.entries()) {
        const sum = characters.reduce((total, { values, norm }) => total + (values[c] * values[d]) / norm, 0);
        const centraliser = order / first.length;
        const equal = (c === d ? 0.5 : 0) + (classOf[inverse[second[0]]] === c ? 0.5 : 0);
        expect(sum).toBeCloseTo(centraliser * equal, 10);
      }
  });

  test('χ(1)χ/(|G|·norm) is idempotent under convolution, so each character is irreducible over the reals', () => {
    for (const { values, dimension, norm } of characters) {
      const kernel = all.map((g) => (dimension * values[classOf[g]]) / (order * norm));
      for (const g of [0, 1, order - 1]) {
        const squared = all.reduce((sum, x) => sum + kernel[x] * kernel[times(inverse[x], g)], 0);
        expect(squared).toBeCloseTo(kernel[g], 12);
      }
    }
  });
});

test('orders are those of the families', () => {
  expect(names.map((name) => groupOf(name).order)).toEqual([2, 7, 12, 6, 8, 14, 20, 6, 24, 120, 12, 60]);
});

test('dimensions of S5 and A5 are those of the textbooks', () => {
  const dimensions = (name: string) => groupOf(name).characters.map(({ dimension }) => dimension);
  expect(dimensions('S5').toSorted((a, b) => a - b)).toEqual([1, 1, 4, 4, 5, 5, 6]);
  expect(dimensions('A5')).toEqual([1, 3, 3, 4, 5]);
});

test('permutations act as functions: (1 2)∘(2 3) takes 3 to 2, then to 1', () => {
  const { elements, table, order } = groupOf('S3');
  const product = table[elements.indexOf('(1 2)') * order + elements.indexOf('(2 3)')];
  expect(elements[product]).toBe('(1 2 3)');
});

test('in a dihedral group a reflection turns rotations round', () => {
  const { elements, table, order } = groupOf('D7');
  const times = (g: string, h: string) => elements[table[elements.indexOf(g) * order + elements.indexOf(h)]];
  expect(times(times('r0s', 'r3'), 'r0s')).toBe('r4');
});

test('half of the permutations are even, and cycle types add up to the number of points', () => {
  const all = permutationsOf(5);
  expect(all.length).toBe(120);
  expect(all.filter(isEven).length).toBe(60);
  for (const one of all) expect(cycleType(one).reduce((a, b) => a + b)).toBe(5);
  expect(cyclesOf([1, 0, 3, 4, 2])).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});

test('a group that does not exist is refused by name', () => {
  expect(() => groupOf('S7')).toThrow(/^dataset\.group must be a group: C2 to C999 .* got "S7"$/);
});
