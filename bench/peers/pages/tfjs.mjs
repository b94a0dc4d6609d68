// The peer TensorFlow.js on its WebAssembly backend. That backend has no gradient of a gather, so operands come as one-hots.

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { batchesOf, learningRate } from './training-work.mjs';

function transformer(W, { p, heads }, [a, b]) {
  const n = a.shape[0];
  const tokens = tf.stack([a, b, tf.fill([n], p, 'int32')], 1).reshape([3 * n]);
  const width = W['embed.W_E'].shape[1];
  const oneHot = tf.oneHot(tokens, p + 1).toFloat();
  const h = oneHot.matMul(W['embed.W_E']).reshape([n, 3, width]).add(W['pos_embed.W_pos']);
  const flat = h.reshape([3 * n, width]);
  const last = h.slice([0, 2, 0], [n, 1, width]).reshape([n, width]);
  const split = (x, positions) => x.reshape([n, positions, heads, width / heads]).transpose([0, 2, 1, 3]);
  // Only the last position is read, so only its query and its MLP are computed.
  const q = split(last.matMul(W['attn.W_Q']), 1);
  const k = split(flat.matMul(W['attn.W_K']), 3);
  const v = split(flat.matMul(W['attn.W_V']), 3);
  const pattern = q
    .matMul(k, false, true)
    .mul(1 / Math.sqrt(width / heads))
    .softmax();
  const z = pattern.matMul(v).transpose([0, 2, 1, 3]).reshape([n, width]);
  const stream = last.add(z.matMul(W['attn.W_O']));
  const hidden = stream.matMul(W['mlp.W_in']).add(W['mlp.b_in']).relu();
  return stream.add(hidden.matMul(W['mlp.W_out'])).add(W['mlp.b_out']).matMul(W['unembed.W_U']);
}

function twoLayer(W, { p }, [a, b]) {
  const oneHots = tf.concat([tf.oneHot(a, p), tf.oneHot(b, p)], 1).toFloat();
  return oneHots.matMul(W.W_1).square().matMul(W.W_2);
}

const networks = { transformer, two_layer: twoLayer };

export async function start(work, { threads }) {
  const { spec, weights } = work;
  const network = networks[spec.type];
  if (network === undefined)
    throw new Error(`TensorFlow.js is not asked to train a network of type ${spec.type}`);
  setWasmPaths(new URL('./tfjs/', document.baseURI).href);
  setThreadsCount(threads);
  await tf.setBackend('wasm');
  await tf.ready();
  const W = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.variable(tf.tensor(data, shape), true, name),
    ]),
  );
  const optimizer = tf.train.adam(spec.lr, ...spec.betas, spec.eps);
  const batches = batchesOf(work).map((columns) => columns.map((column) => tf.tensor1d(column, 'int32')));
  const lossOf = ([a, b, label]) => {
    const z = network(W, spec, [a, b]);
    const target = tf.oneHot(label, spec.p).toFloat();
    if (spec.loss === 'mse') return z.sub(target).square().mean();
    return tf.losses.softmaxCrossEntropy(target, z).asScalar();
  };
  let number = 0;
  let previous;
  return {
    about: { version: `tfjs ${tf.version_core}`, threads: globalThis.crossOriginIsolated ? threads : 1 },
    step: async () => {
      const batch = batches[number++ % batches.length];
      const rate = learningRate(spec, number);
      previous?.dispose();
      previous = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => lossOf(batch));
        // The decoupled decay of AdamW, which this optimizer has not.
        for (const w of Object.values(W)) w.assign(w.mul(1 - rate * spec.weight_decay));
        optimizer.learningRate = rate;
        optimizer.applyGradients(grads);
        return value;
      });
      return previous;
    },
    finish: async (loss) => (await loss.data())[0],
  };
}
