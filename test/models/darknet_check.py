# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Logits of Tiny Darknet, as a trainer computes them with converted weights, against the numbers of Keras that GAN_DATA has.

usage: darknet_check.py TRAINER FOLDER     (TRAINER: a model of images 3 x 224 x 224; `ganc` on the PATH)
"""

import os
import pathlib
import struct
import subprocess
import sys
import zipfile

import npy

if not os.environ.get("GAN_DATA"):
    print("skipped: GAN_DATA is unset, which has the weights")
    sys.exit()
FEATURES = pathlib.Path(__file__).resolve().parents[2] / "models/features"
weights = pathlib.Path(os.environ["GAN_DATA"]) / "weights"
trainer, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(exist_ok=True)
subprocess.run(["ganc", "build", FEATURES / "tiny_darknet.gan", "-o", folder / "net"], check=True)
subprocess.run([sys.executable, FEATURES / "convert_tiny_darknet.py", weights / "tiny_darknet_imagenet.safetensors",
                folder / "net.safetensors"], check=True)
with zipfile.ZipFile(weights / "tiny_darknet_golden.npz") as golden:
    images, shape = npy.read(golden.read("images_u8.npy"))
    expected, _ = npy.read(golden.read("output.npy"))
# Metrics want ten samples: the first two come once more.
count = shape[0] + 2
photos = folder / "photos.idx"
photos.write_bytes(struct.pack(">5I", 0x804, count, *shape[1:]) + b"".join(bytes(images[i % shape[0]]) for i in range(count)))
subprocess.run([trainer, "evaluate", "--data", photos, "--against", photos, "--features", folder / "net", "--metric", "1nn",
                "--count", str(count), "--keep-features", folder], check=True)
found, _ = npy.read((folder / "real-logits.npy").read_bytes())
for i in range(count):
    row = expected[i % shape[0]]
    worst = max(abs(f - e) for f, e in zip(found[i], row, strict=True)) / max(map(abs, row))
    print(f"image {i}: {worst:.1e} of the largest, class {row.index(max(row))}")
    # Both round to 24 bits; Keras sums products in another order.
    assert worst < 1e-5, "logits differ from those of Keras"
