"""A piece of work as bench/peers/work-file.mjs writes it: a safetensors file whose metadata describe network and training."""

import json
import struct

import numpy

_DTYPES = {"F32": numpy.float32, "I32": numpy.int32}


def read(path):
    """Returns (spec, tensors): a dictionary of settings, and NumPy arrays by name."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    spec = json.loads(header.pop("__metadata__")["spec"])
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        flat = numpy.frombuffer(data[start:end], dtype=_DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return spec, tensors


def weights(tensors):
    """The initial parameters by name, heads side by side: W_Q, W_K, W_V and W_O as [d_model, d_model] matrices."""
    found = {}
    for name, value in tensors.items():
        if not name.startswith("parameter."):
            continue
        short = name.removeprefix("parameter.").removeprefix("blocks.0.")
        leaf = short.rsplit(".", 1)[-1]
        if leaf in ("W_Q", "W_K", "W_V"):
            heads, d_model, d_head = value.shape
            value = value.transpose(1, 0, 2).reshape(d_model, heads * d_head)
        elif leaf == "W_O":
            heads, d_head, d_model = value.shape
            value = value.reshape(heads * d_head, d_model)
        found[short] = numpy.ascontiguousarray(value)
    return found


def batches(spec, tensors):
    """(a, b, label) of each step in turn, as int64 arrays; the list is gone through again and again."""
    columns = [tensors[f"train.{name}"].astype(numpy.int64) for name in ("a", "b", "label")]
    size = spec["batch_size"]
    if size == len(columns[0]):
        return [columns]
    return [
        [column[order[start : start + size]] for column in columns]
        for order in tensors["order"]
        for start in range(0, len(order), size)
    ]


def learning_rate(spec, step):
    """Of a step, counted from 1: a linear rise over the warm-up, then constant."""
    return spec["lr"] * min(1.0, step / max(spec["warmup_steps"], 1))
