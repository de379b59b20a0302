# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pictures have the sizes that are said, an animated WebP or GIF also so many frames.

usage: sizes_of.py {FILE.png WIDTH HEIGHT | FILE.webp WIDTH HEIGHT FRAMES | FILE.gif WIDTH HEIGHT FRAMES}...
"""

import pathlib
import struct
import sys


def size_of(path):
    content = pathlib.Path(path).read_bytes()
    if path.endswith(".png"):
        return list(struct.unpack(">II", content[16:24]))
    if path.endswith(".gif"):
        return list(struct.unpack("<HH", content[6:10])) + [content.count(b"\x21\xf9\x04")]
    assert content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X", content[:16]
    width, height = (1 + int.from_bytes(content[at:at + 3], "little") for at in (24, 27))
    frames, at = 0, 12
    while at < len(content):
        frames += content[at:at + 4] == b"ANMF"
        length = int.from_bytes(content[at + 4:at + 8], "little")
        at += 8 + length + length % 2
    return [width, height, frames]


words = sys.argv[1:]
while words:
    path, count = words[0], 3 if words[0].endswith((".webp", ".gif")) else 2
    expected, words = [int(word) for word in words[1:1 + count]], words[1 + count:]
    assert size_of(path) == expected, f"{path}: {size_of(path)}, expected {expected}"
