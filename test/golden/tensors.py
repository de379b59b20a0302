# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weights files (.safetensors) for tests, with nothing but Python's own library: 8 bytes of length, a JSON header, raw numbers."""

import array
import json
import math
import struct
import sys

CODES = {"F32": "f", "F64": "d"}


def read(path):
    """The tensors of a file by name: (shape, array of numbers)."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            values = array.array(CODES[entry["dtype"]])
            values.frombytes(body[slice(*entry["data_offsets"])])
            if sys.byteorder == "big":
                values.byteswap()
            assert len(values) == math.prod(entry["shape"]), f"{path}: {name} has {len(values)} numbers for {entry['shape']}"
            tensors[name] = (entry["shape"], values)
    return tensors


def write(path, tensors):
    """Writes tensors by name: (shape, little-endian float64 bytes), in the order of their names."""
    header, offset = {}, 0
    for name, (shape, values) in sorted(tensors.items()):
        end = offset + len(values)
        header[name] = {"dtype": "F64", "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, (_, values) in sorted(tensors.items()):
            file.write(values)
