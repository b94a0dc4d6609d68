"""The peer PyTorch: torch_peer.py WORK THREADS eager|compile. The same networks, from the same weights, on the same data."""

import sys
from itertools import count

import torch
import torch.nn.functional as F

import turns
import work


def transformer(W, spec):
    heads = spec["heads"]

    def logits(a, b):
        # Tokens [a, b, =]; only the last position is read, so only its query and its MLP are computed.
        end = torch.full_like(a, spec["p"])
        h = F.embedding(torch.stack([a, b, end], 1), W["embed.W_E"]) + W["pos_embed.W_pos"]
        n, positions, width = h.shape
        split = lambda x: x.view(n, -1, heads, width // heads).transpose(1, 2)
        q, k, v = split(h[:, -1:] @ W["attn.W_Q"]), split(h @ W["attn.W_K"]), split(h @ W["attn.W_V"])
        pattern = (q @ k.transpose(-1, -2) / (width // heads) ** 0.5).softmax(-1)
        stream = h[:, -1] + (pattern @ v).transpose(1, 2).reshape(n, width) @ W["attn.W_O"]
        hidden = F.relu(torch.addmm(W["mlp.b_in"], stream, W["mlp.W_in"]))
        return (stream + torch.addmm(W["mlp.b_out"], hidden, W["mlp.W_out"])) @ W["unembed.W_U"]

    return logits


def two_layer(W, spec):
    def logits(a, b):
        # The product of two concatenated one-hots and W_1 is the sum of two of its rows.
        return (F.embedding(a, W["W_1"]) + F.embedding(b + spec["p"], W["W_1"])).square() @ W["W_2"]

    return logits


def mlp(W, spec):
    def logits(a, b):
        x = F.embedding(a, W["hidden.0.W"]) + F.embedding(b + spec["p"], W["hidden.0.W"]) + W["hidden.0.b"]
        x = F.dropout(F.relu(x), spec["dropout"])
        for i in range(1, spec["layers"]):
            x = F.dropout(F.relu(torch.addmm(W[f"hidden.{i}.b"], x, W[f"hidden.{i}.W"])), spec["dropout"])
        return torch.addmm(W["output.b"], x, W["output.W"])

    return logits


NETWORKS = {"transformer": transformer, "two_layer": two_layer, "mlp": mlp}


def main(path, threads, mode):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    spec, tensors = work.read(path)
    W = {name: torch.nn.Parameter(torch.tensor(value)) for name, value in work.weights(tensors).items()}
    logits = NETWORKS[spec["type"]](W, spec)

    def loss_of(a, b, label):
        z = logits(a, b)
        if spec["loss"] == "mse":
            return F.mse_loss(z, F.one_hot(label, spec["p"]).float())
        return F.cross_entropy(z, label)

    if mode == "compile":
        loss_of = torch.compile(loss_of, dynamic=False)
    optimizer = torch.optim.AdamW(
        W.values(), lr=spec["lr"], betas=spec["betas"], eps=spec["eps"], weight_decay=spec["weight_decay"], fused=True
    )
    batches = [[torch.tensor(column) for column in batch] for batch in work.batches(spec, tensors)]
    steps = count(1)

    def step():
        number = next(steps)
        for group in optimizer.param_groups:
            group["lr"] = work.learning_rate(spec, number)
        optimizer.zero_grad()
        loss = loss_of(*batches[(number - 1) % len(batches)])
        loss.backward()
        optimizer.step()
        return loss

    turns.serve(step, lambda loss: loss.item(), {"version": torch.__version__, "threads": torch.get_num_threads()})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
