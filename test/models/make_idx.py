# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes an IDX file of grey images: make_idx.py FILE COUNT SIZE [--magic HEX] [--cut BYTES]."""

import argparse
import pathlib
import struct

parser = argparse.ArgumentParser()
parser.add_argument("file", type=pathlib.Path)
parser.add_argument("count", type=int)
parser.add_argument("size", type=int)
parser.add_argument("--magic", type=lambda text: int(text, 16), default=0x00000803)
parser.add_argument("--cut", type=int, default=0, help="bytes left out at the end")
options = parser.parse_args()
header = struct.pack(">4I", options.magic, options.count, options.size, options.size)
pixels = bytes(i * 37 % 256 for i in range(options.count * options.size**2))
content = header + pixels
options.file.write_bytes(content[:len(content) - options.cut])
