import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Stream } from '../engine/philox.ts';
import { effectiveSparsity } from './effective-sparsity.ts';
import type { HiddenLayer } from './hidden-layer.ts';

/** A layer of normal numbers: ReLU activations, dense read-out. */
function randomLayer(seed: number, examples: number, width: number, classes: number): HiddenLayer {
  const stream = new Stream(seed, 'layer');
  return {
    examples,
    width,
    classes,
    hidden: stream.normals(examples * width).map((x) => Math.max(x, 0)),
    readOut: stream.normals(width * classes),
    bias: stream.normals(classes).map((x) => x / 4),
  };
}

/** First largest logit with only these neurons: the plain matrix product. */
function predictions(layer: HiddenLayer, kept: (neuron: number) => boolean): number[] {
  return Array.from({ length: layer.examples }, (_, e) => {
    const logits = Array.from({ length: layer.classes }, (_, c) => {
      let sum = layer.bias?.[c] ?? 0;
      for (let i = 0; i < layer.width; i++) {
        if (kept(i)) sum += layer.hidden[e * layer.width + i] * layer.readOut[i * layer.classes + c];
      }
      return sum;
    });
    return logits.indexOf(Math.max(...logits));
  });
}

function agreement(layer: HiddenLayer, kept: (neuron: number) => boolean): number {
  const whole = predictions(layer, () => true);
  const part = predictions(layer, kept);
  return whole.filter((prediction, e) => prediction === part[e]).length / whole.length;
}

/** Class c is told by neuron c alone; example e belongs to class e mod `classes`. Others only rustle. */
function oneNeuronPerClass(classes: number, width: number, rustle: number): HiddenLayer {
  const examples = 5 * classes;
  const noise = new Stream(1, 'rustle');
  const hidden = noise.normals(examples * width).map((x) => rustle * Math.abs(x));
  const readOut = noise.normals(width * classes).map((x) => rustle * x);
  for (let c = 0; c < classes; c++) {
    for (let e = 0; e < examples; e++) hidden[e * width + c] = e % classes === c ? 1 : 0;
    for (let j = 0; j < classes; j++) readOut[c * classes + j] = j === c ? 1 : 0;
  }
  return { examples, width, classes, hidden, readOut };
}

test('where one neuron tells each class but the first, those are found among silent ones', () => {
  const { neurons, agreement: reached } = effectiveSparsity(oneNeuronPerClass(7, 40, 0));
  // Without any neuron the first of seven equal logits wins, which is right for class 0.
  expect([...neurons]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(reached).toBe(1);
});

test('neurons that only rustle do not count', () => {
  const { neurons } = effectiveSparsity(oneNeuronPerClass(7, 40, 1e-3));
  expect(neurons.length).toBeLessThanOrEqual(7);
  expect(neurons.length).toBeGreaterThanOrEqual(6);
  for (const neuron of neurons) expect(neuron).toBeLessThan(7);
});

test('where a share of the examples may change, the neurons of as many classes go', () => {
  const layer = oneNeuronPerClass(10, 30, 0);
  const sizes = [1, 0.9, 0.8, 0.5, 0.1].map((share) => effectiveSparsity(layer, share).neurons.length);
  expect(sizes).toEqual([9, 8, 7, 4, 0]);
});

test('a fraction that is rounded up asks for no example more', () => {
  expect(0.55 * 100).toBeGreaterThan(55);
  expect(effectiveSparsity(oneNeuronPerClass(20, 20, 0), 0.55).neurons.length).toBe(19 - 9);
});

test('where the bias alone decides, no neuron is needed', () => {
  const layer = { ...randomLayer(1, 20, 6, 3), bias: [0, 1e3, 0] };
  expect(effectiveSparsity(layer)).toEqual({ neurons: new Int32Array(), agreement: 1 });
});

test('of copies of one neuron a single one is kept', () => {
  const copies = 16;
  const activations = [0, 1, 2, 0, 3];
  const hidden = activations.flatMap((h) => new Array<number>(copies).fill(h));
  const readOut = Array.from({ length: copies }, () => [0, 1]).flat();
  const layer = { examples: 5, width: copies, classes: 2, hidden, readOut, bias: [0.5, 0] };
  expect(effectiveSparsity(layer).neurons.length).toBe(1);
});

const layers = fc.tuple(
  fc.nat(10_000),
  fc.integer({ min: 1, max: 30 }),
  fc.integer({ min: 1, max: 14 }),
  fc.integer({ min: 2, max: 5 }),
);

test('the subset agrees as asked, none of its neurons can be spared, and it says how far it agrees', () => {
  fc.assert(
    fc.property(layers, fc.constantFrom(1, 0.9, 0.75), (shape, asked) => {
      const layer = randomLayer(...shape);
      const result = effectiveSparsity(layer, asked);
      const kept = new Set(result.neurons);
      expect(result.agreement).toBe(agreement(layer, (i) => kept.has(i)));
      expect(result.agreement).toBeGreaterThanOrEqual(asked - 1e-9);
      for (const spared of kept) {
        expect(agreement(layer, (i) => i !== spared && kept.has(i))).toBeLessThan(asked - 1e-9);
      }
    }),
  );
});

test('silent neurons, a positive scale and a number added to a neuron’s whole read-out change no subset', () => {
  fc.assert(
    fc.property(layers, ([seed, examples, width, classes]) => {
      const layer = randomLayer(seed, examples, width, classes);
      const { neurons } = effectiveSparsity(layer);
      const wider: HiddenLayer = {
        ...layer,
        width: width + 2,
        hidden: Array.from({ length: examples }, (_, e) => [
          ...Array.from(layer.hidden).slice(e * width, (e + 1) * width),
          0,
          0,
        ]).flat(),
        readOut: [...Array.from(layer.readOut), ...new Array<number>(2 * classes).fill(9)],
      };
      const scaled: HiddenLayer = {
        ...layer,
        readOut: Array.from(layer.readOut, (w) => 4 * w),
        bias: Array.from(layer.bias ?? [], (w) => 4 * w),
      };
      const shifted: HiddenLayer = {
        ...layer,
        readOut: Array.from(layer.readOut, (w, i) => w + (Math.floor(i / classes) % 3)),
      };
      for (const other of [wider, scaled, shifted]) {
        expect([...effectiveSparsity(other).neurons]).toEqual([...neurons]);
      }
    }),
  );
});

test('an agreement that is no fraction, and arrays that do not fit, are refused', () => {
  const layer = randomLayer(1, 4, 3, 2);
  expect(() => effectiveSparsity(layer, 0)).toThrow('the agreement must be above 0 and at most 1, got 0');
  expect(() => effectiveSparsity({ ...layer, bias: [1] })).toThrow(
    'effectiveSparsity: the bias must hold 2 numbers, got 1',
  );
});
