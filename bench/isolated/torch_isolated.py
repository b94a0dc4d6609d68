"""The step of the isolated dynamics in PyTorch, f64: torch_isolated.py THREADS. The problem of problem.mjs, the protocol of turns.py."""

import os
import sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers", "python"))
import turns  # noqa: E402

MODULUS, WIDTH, TRAIN, STRIDE, RESIDUES, ETA = 37, 512, 492, 311, 65521, 1e-3


def main(threads):
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float64)
    pairs = [(a, b) for a in range(MODULUS) for b in range(a, MODULUS)]
    train = [pairs[i * STRIDE % len(pairs)] for i in range(TRAIN)]
    x, y = torch.zeros(TRAIN, MODULUS), torch.zeros(TRAIN, MODULUS)
    for i, (a, b) in enumerate(train):
        x[i, a] += 1
        x[i, b] += 1
        y[i, (a + b) % MODULUS] = 1
    i = torch.arange(MODULUS * WIDTH, dtype=torch.int64)
    residues = (37 * i * i + 7919 * i + 13) % RESIDUES
    state = {"w": ((residues.double() / RESIDUES - 0.5) * (12 / MODULUS) ** 0.5).reshape(MODULUS, WIDTH)}

    @torch.no_grad()
    def step():
        w = state["w"]
        z = x @ w
        h = z.clamp_min(0)
        b = torch.cholesky_solve(y, torch.linalg.cholesky(h @ h.T))
        value = w.square().sum() + (y * b).sum()
        velocity = x.T @ ((b @ (b.T @ h)) * (z > 0)) - w
        state["w"] = w + ETA * velocity
        return value

    turns.serve(step, lambda value: value.item(), {"version": torch.__version__, "threads": torch.get_num_threads()})


if __name__ == "__main__":
    main(int(sys.argv[1]))
