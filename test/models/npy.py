# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays of NumPy's format, read without it."""

import ast
import math
import struct

TYPES = {"<f8": ("d", 8), "<f4": ("f", 4), "|u1": ("B", 1)}


def read(content):
    """Rows of numbers, one per index of the first axis, and the shape."""
    length = struct.unpack("<H", content[8:10])[0]
    header = ast.literal_eval(content[10:10 + length].decode())
    shape, (code, size) = header["shape"], TYPES[header["descr"]]
    count, start = math.prod(shape), 10 + length
    flat = struct.unpack(f"<{count}{code}", content[start:start + count * size])
    columns = math.prod(shape[1:])
    return [flat[i:i + columns] for i in range(0, count, columns)], shape
