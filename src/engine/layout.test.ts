import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readView } from './layout.ts';
import type { View } from './lowering.ts';

/** Views as lowering makes them, and others: padded, transposed, repeated (stride 0), dense. */
const anyView = fc
  .array(fc.record({ extent: fc.integer({ min: 1, max: 5 }), padding: fc.constantFrom(0, 0, 3) }), {
    maxLength: 4,
  })
  .chain((axes) =>
    fc.record({
      extents: fc.constant(axes.map(({ extent }) => extent)),
      paddings: fc.constant(axes.map(({ padding }) => padding)),
      order: fc.shuffledSubarray([...axes.keys()], { minLength: axes.length }),
      repeated: fc.array(fc.boolean(), { minLength: axes.length, maxLength: axes.length }),
      offset: fc.nat(7),
    }),
  );

test('a view is read element by element in row-major order, however its strides lie', () => {
  fc.assert(
    fc.property(anyView, ({ extents, paddings, order, repeated, offset }) => {
      const strides = new Array<number>(extents.length).fill(0);
      let stride = 1;
      for (const axis of order) {
        strides[axis] = repeated[axis] ? 0 : stride;
        stride *= (extents[axis] as number) + (paddings[axis] as number);
      }
      const memory = Float32Array.from({ length: stride + offset }, (_, i) => i);
      const view = {
        dtype: 'f32',
        shape: extents,
        strides,
        examples: false,
        pointer: { buffer: { address: 0 }, offset: 4 * offset },
      } as unknown as View;
      const size = extents.reduce((a, b) => a * b, 1);
      const expected = Array.from({ length: size }, (_, place) => {
        let [rest, at] = [place, offset];
        for (let axis = extents.length - 1; axis >= 0; axis--) {
          at += (rest % (extents[axis] as number)) * (strides[axis] as number);
          rest = Math.floor(rest / (extents[axis] as number));
        }
        return at;
      });
      expect([...readView(memory.buffer, view)]).toEqual(expected);
    }),
  );
});
