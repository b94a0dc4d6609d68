"""R1 as a PyTorch user would write it, for wall times: torch_r1.py THREADS ENOUGH AFTER SEED [SEED ...].

Trains each seed until the held-out accuracy has been at least ENOUGH at three evaluations in a row and AFTER steps have gone by
since the first of them (with ENOUGH 1: at the first evaluation), evaluating after every step. Prints {seed: steps} as JSON.
"""

import json
import sys

import torch
import torch.nn.functional as F

P, HIDDEN, MOST_STEPS = 97, 500, 100


def train(seed, enough, after):
    torch.manual_seed(seed)
    a, b = torch.arange(P).repeat_interleave(P), torch.arange(P).repeat(P)
    label = (a + b) % P
    order = torch.randperm(P * P)
    train, held_out = order[: P * P // 2], order[P * P // 2 :]
    std = 0.5 / (2 * HIDDEN) ** (1 / 3)
    W_1 = torch.nn.Parameter(std * torch.randn(2 * P, HIDDEN))
    W_2 = torch.nn.Parameter(std * torch.randn(HIDDEN, P))
    optimizer = torch.optim.AdamW([W_1, W_2], lr=0.01, weight_decay=5, betas=(0.9, 0.999), fused=True)
    target = F.one_hot(label[train], P).float()

    def logits(examples):
        return (F.embedding(a[examples], W_1) + F.embedding(b[examples] + P, W_1)).square() @ W_2

    def accuracy(examples):
        with torch.no_grad():
            return (logits(examples).argmax(1) == label[examples]).float().mean().item()

    good, since = 0, None
    for step in range(1, MOST_STEPS + 1):
        optimizer.zero_grad()
        F.mse_loss(logits(train), target).backward()
        optimizer.step()
        accuracy(train)
        good = good + 1 if accuracy(held_out) >= enough else 0
        if good == (1 if enough == 1 else 3):
            since = since or step + 1 - good
        if since is not None and step >= since + after:
            return step
    return MOST_STEPS


if __name__ == "__main__":
    threads, enough, after, *seeds = sys.argv[1:]
    torch.set_num_threads(int(threads))
    print(json.dumps({seed: train(int(seed), float(enough), int(after)) for seed in seeds}))
