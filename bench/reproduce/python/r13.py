"""R13 of the reproductions in PyTorch, from initial weights and a split of its own: when does the embedding network modulo 59
understand with its weights held at a norm of 54.5? python r13.py needs torch; a minute a seed on one core.

Output with PyTorch 2.13.0 (2026-11-25): seed 0: 4850, seed 1: 6750, seed 2: 5400 (published: 4,077 within 25 %).
"""

import torch

P, TRAIN_FRACTION, NORM, STEPS = 59, 0.4, 54.5, 9000


def first_step(seed: int) -> int | None:
    """The first evaluation, every 50 steps, with held-out accuracy of at least 90 %."""
    torch.manual_seed(seed)
    pairs = torch.cartesian_prod(torch.arange(P), torch.arange(P))
    labels = pairs.sum(1) % P
    order = torch.randperm(P * P, generator=torch.Generator().manual_seed(seed))
    train, held_out = order.split([round(TRAIN_FRACTION * P * P), P * P - round(TRAIN_FRACTION * P * P)])
    embedding = torch.randn(P, 128)
    w_1 = (torch.rand(256, 256) * 2 - 1) / 16  # U(±1/√fan_in)
    w_2 = (torch.rand(256, P) * 2 - 1) / 16
    weights = [w.requires_grad_() for w in (embedding, w_1, w_2)]
    optimizer = torch.optim.AdamW(weights, lr=1e-3, weight_decay=1.0, betas=(0.9, 0.999))

    def logits(examples):
        a, b = pairs[examples].T
        return torch.nn.functional.gelu(torch.cat([embedding[a], embedding[b]], 1) @ w_1) @ w_2

    for step in range(1, STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * min(1, step / 10)
        loss = torch.nn.functional.cross_entropy(logits(train), labels[train])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            norm = sum((w.double() ** 2).sum() for w in weights).sqrt()
            for w in weights:
                w.mul_((NORM / norm).float())
            if step % 50 == 0:
                accuracy = (logits(held_out).argmax(1) == labels[held_out]).double().mean()
                if accuracy >= 0.9:
                    return step
    return None


if __name__ == "__main__":
    torch.set_num_threads(1)
    for seed in range(3):
        print(f"seed {seed}: {first_step(seed)}", flush=True)
