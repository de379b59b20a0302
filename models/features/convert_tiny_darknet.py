# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weights of Tiny Darknet as Keras stores them, made ready for tiny_darknet.gan: other names, kernels from H, W, I, O to O, I, H, W.

usage: convert_tiny_darknet.py KERAS.safetensors OUT.safetensors
"""

import array
import json
import pathlib
import re
import struct
import sys

NAMES = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var", "bias": "bias"}


def turned(values, shape):
    h, w, i, o = shape
    result = array.array("f", bytes(4 * len(values)))
    for y in range(h):
        for x in range(w):
            for c in range(i):
                start = ((y * w + x) * i + c) * o
                first = (c * h + y) * w + x
                result[first:first + (o - 1) * i * h * w + 1:i * h * w] = values[start:start + o]
    return result, (o, i, h, w)


def main():
    content = pathlib.Path(sys.argv[1]).read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    header, data = {}, b""
    for name, entry in json.loads(content[8:8 + length]).items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values, shape = array.array("f", content[8 + length + begin:8 + length + end]), entry["shape"]
        kind, number, part = re.fullmatch(r"(conv2d|batch_normalization)_(\d+)/(\w+)", name).groups()
        if part == "kernel":
            values, shape = turned(values, shape)
        name = f"net.{'conv' if kind == 'conv2d' else 'norm'}.{number}.{NAMES.get(part, 'weight')}"
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + 4 * len(values)]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(sys.argv[2]).write_bytes(struct.pack("<Q", len(text)) + text + data)


main()
