# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weights of Inception-v3 under PyTorch's names, made ready for inception.gan: "net." before each, and without what only training needs.

usage: convert_inception.py IN OUT.safetensors

IN is pt_inception-2015-12-05-6726825d.pth of pytorch-fid, which takes PyTorch to read, or the same as .safetensors, which takes Python alone.
"""

import json
import pathlib
import struct
import sys

UNUSED = ("num_batches_tracked", "AuxLogits")


def read_safetensors(path):
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    for name, entry in json.loads(content[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            yield name, entry["dtype"], entry["shape"], content[8 + length + begin:8 + length + end]


def read_pytorch(path):
    import torch
    for name, tensor in torch.load(path, map_location="cpu", weights_only=True).items():
        values = tensor.detach().float().contiguous()
        yield name, "F32", list(values.shape), values.numpy().tobytes()


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    read = read_safetensors if source.suffix == ".safetensors" else read_pytorch
    header, data = {}, []
    offset = 0
    for name, kind, shape, content in read(source):
        if any(word in name for word in UNUSED):
            continue
        header[f"net.{name}"] = {"dtype": kind, "shape": shape, "data_offsets": [offset, offset + len(content)]}
        data.append(content)
        offset += len(content)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    target.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


main()
