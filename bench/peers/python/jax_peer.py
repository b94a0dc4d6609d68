"""The peer JAX: jax_peer.py WORK THREADS. The same networks, from the same weights, on the same data, the whole step in one jit."""

import os
import sys
from functools import partial
from itertools import count

# XLA takes as many threads as the process may use cores; there is no other setting that all its parts follow.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[2])])
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as np

import turns
import work


def transformer(W, spec, a, b, key):
    heads = spec["heads"]
    end = np.full_like(a, spec["p"])
    # Tokens [a, b, =]; only the last position is read, so only its query and its MLP are computed.
    h = W["embed.W_E"][np.stack([a, b, end], 1)] + W["pos_embed.W_pos"]
    n, positions, width = h.shape
    split = lambda x: x.reshape(n, -1, heads, width // heads)
    q, k, v = split(h[:, -1:] @ W["attn.W_Q"]), split(h @ W["attn.W_K"]), split(h @ W["attn.W_V"])
    pattern = jax.nn.softmax(np.einsum("nqhd,nkhd->nhqk", q, k) / (width // heads) ** 0.5)
    stream = h[:, -1] + np.einsum("nhqk,nkhd->nqhd", pattern, v).reshape(n, width) @ W["attn.W_O"]
    hidden = jax.nn.relu(stream @ W["mlp.W_in"] + W["mlp.b_in"])
    return (stream + hidden @ W["mlp.W_out"] + W["mlp.b_out"]) @ W["unembed.W_U"]


def two_layer(W, spec, a, b, key):
    # The product of two concatenated one-hots and W_1 is the sum of two of its rows.
    return np.square(W["W_1"][a] + W["W_1"][b + spec["p"]]) @ W["W_2"]


def mlp(W, spec, a, b, key):
    def dropped(x, i):
        if spec["dropout"] == 0:
            return x
        kept = 1 - spec["dropout"]
        return np.where(jax.random.bernoulli(jax.random.fold_in(key, i), kept, x.shape), x / kept, 0)

    x = W["hidden.0.W"][a] + W["hidden.0.W"][b + spec["p"]] + W["hidden.0.b"]
    x = dropped(jax.nn.relu(x), 0)
    for i in range(1, spec["layers"]):
        x = dropped(jax.nn.relu(x @ W[f"hidden.{i}.W"] + W[f"hidden.{i}.b"]), i)
    return x @ W["output.W"] + W["output.b"]


NETWORKS = {"transformer": transformer, "two_layer": two_layer, "mlp": mlp}


def main(path):
    spec, tensors = work.read(path)
    beta1, beta2 = spec["betas"]

    def loss_of(W, a, b, label, key):
        z = NETWORKS[spec["type"]](W, spec, a, b, key)
        if spec["loss"] == "mse":
            return np.mean(np.square(z - jax.nn.one_hot(label, spec["p"])))
        return -np.mean(np.take_along_axis(jax.nn.log_softmax(z), label[:, None], 1))

    @partial(jax.jit, donate_argnums=0)
    def advance(state, number, lr, a, b, label):
        W, M, V = state
        key = jax.random.fold_in(jax.random.key(0, impl="rbg"), number)
        loss, G = jax.value_and_grad(loss_of)(W, a, b, label, key)
        # AdamW in PyTorch's order of operations.
        M = jax.tree.map(lambda m, g: m + (1 - beta1) * (g - m), M, G)
        V = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, V, G)
        correction1, correction2 = 1 - beta1**number, 1 - beta2**number
        W = jax.tree.map(
            lambda w, m, v: w * (1 - lr * spec["weight_decay"])
            - lr / correction1 * m / (np.sqrt(v) / np.sqrt(correction2) + spec["eps"]),
            W,
            M,
            V,
        )
        return (W, M, V), loss

    W = {name: np.asarray(value) for name, value in work.weights(tensors).items()}
    state = (W, jax.tree.map(np.zeros_like, W), jax.tree.map(np.zeros_like, W))
    batches = [[np.asarray(column, dtype=np.int32) for column in batch] for batch in work.batches(spec, tensors)]
    steps = count(1)

    def step():
        nonlocal state
        number = next(steps)
        batch = batches[(number - 1) % len(batches)]
        state, loss = advance(state, float(number), work.learning_rate(spec, number), *batch)
        return loss

    def finish(loss):
        jax.block_until_ready(state)
        return float(loss)

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    turns.serve(step, finish, {"version": jax.__version__, "threads": cores})


if __name__ == "__main__":
    main(sys.argv[1])
