// The peer jax-js on its WebAssembly backend: the whole step in one jit, as its documentation recommends.

import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { batchesOf, learningRate } from './training-work.mjs';

// Every function owns its arguments: what is read once more than it is given is taken by `.ref`.

function transformer(W, { heads }, [a, b, end]) {
  const tokens = np.stack([a, b, end], 1); // [n, 3]
  const h = np.take(W['embed.W_E'], tokens, 0).add(W['pos_embed.W_pos']); // [n, 3, d_model]
  const [n, positions, width] = h.shape;
  const size = width / heads;
  const flat = h.reshape([n * positions, width]);
  const last = flat.ref.reshape([n, positions, width]).slice([], positions - 1);
  // Only the last position is read, so only its query and its MLP are computed.
  const q = np.dot(last.ref, W['attn.W_Q']).reshape([n, heads, size]);
  const k = np.dot(flat.ref, W['attn.W_K']).reshape([n, positions, heads, size]);
  const v = np.dot(flat, W['attn.W_V']).reshape([n, positions, heads, size]);
  const pattern = nn.softmax(np.einsum('nhe,nkhe->nhk', q, k).mul(1 / Math.sqrt(size)), -1);
  const z = np.einsum('nhk,nkhe->nhe', pattern, v).reshape([n, width]);
  const stream = last.add(np.dot(z, W['attn.W_O']));
  const hidden = nn.relu(np.dot(stream.ref, W['mlp.W_in']).add(W['mlp.b_in']));
  return np.dot(stream.add(np.dot(hidden, W['mlp.W_out'])).add(W['mlp.b_out']), W['unembed.W_U']);
}

function twoLayer(W, { p }, [a, b, end]) {
  end.dispose();
  // The product of two concatenated one-hots and W_1 is the sum of two of its rows.
  const rows = np.take(W.W_1.ref, a, 0).add(np.take(W.W_1, b.add(p), 0));
  return np.dot(np.square(rows), W.W_2);
}

const networks = { transformer, two_layer: twoLayer };

export async function start(work) {
  const { spec } = work;
  await init('wasm');
  defaultDevice('wasm');
  const [beta1, beta2] = spec.betas;
  const network = networks[spec.type];
  if (network === undefined) throw new Error(`jax-js is not asked to train a network of type ${spec.type}`);

  function lossOf(W, a, b, end, label) {
    const z = network(W, spec, [a, b, end]);
    const target = nn.oneHot(label, spec.p);
    if (spec.loss === 'mse') return np.mean(np.square(z.sub(target)));
    return nn.logSoftmax(z).mul(target).sum(1).mean().mul(-1);
  }
  const advance = jit((W, M, V, rate, correction1, rootCorrection2, a, b, end, label) => {
    const [loss, G] = valueAndGrad(lossOf)(tree.ref(W), a, b, end, label);
    const [nextW, nextM, nextV] = [{}, {}, {}];
    for (const name of Object.keys(W)) {
      const g = G[name];
      const m = M[name].mul(beta1).add(g.ref.mul(1 - beta1));
      const v = V[name].mul(beta2).add(np.square(g).mul(1 - beta2));
      const shrunk = W[name].mul(rate.ref.mul(-spec.weight_decay).add(1));
      const denominator = np.sqrt(v.ref).div(rootCorrection2.ref).add(spec.eps);
      nextW[name] = shrunk.sub(m.ref.div(denominator).mul(rate.ref.div(correction1.ref)));
      [nextM[name], nextV[name]] = [m, v];
    }
    for (const scalar of [rate, correction1, rootCorrection2]) scalar.dispose();
    return [nextW, nextM, nextV, loss];
  });

  const entries = Object.entries(work.weights);
  let W = Object.fromEntries(entries.map(([name, { shape, data }]) => [name, np.array(data, { shape })]));
  let [M, V] = [0, 1].map(() =>
    Object.fromEntries(entries.map(([name, { shape }]) => [name, np.zeros(shape)])),
  );
  const batches = batchesOf(work).map(([a, b, label]) =>
    [a, b, new Int32Array(a.length).fill(spec.p), label].map((column) => np.array(column)),
  );
  let number = 0;
  let previous;
  return {
    about: { version: 'jax-js', threads: globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1 },
    step: async () => {
      const batch = batches[number++ % batches.length];
      const scalars = [learningRate(spec, number), 1 - beta1 ** number, Math.sqrt(1 - beta2 ** number)].map(
        (value) => np.array(value),
      );
      previous?.dispose();
      [W, M, V, previous] = advance(W, M, V, ...scalars, ...batch.map((column) => column.ref));
      await blockUntilReady(W);
      return previous;
    },
    finish: async (loss) => Number(await loss.ref.jsAsync()),
  };
}
