# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""LeNet's features, as a trainer computes them, against plain loops here, and, where GAN_DATA names a folder that has them, against
PyTorch's numbers and the reference distances of lenet_reference.json.

usage: features_check.py TRAINER LENET FOLDER     (TRAINER: a model of images 1 x 28 x 28; LENET: models/features/lenet.gan built)
"""

import gzip
import json
import math
import os
import pathlib
import struct
import subprocess
import sys
import zipfile

import npy

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"
trainer, lenet, folder = sys.argv[1:]
folder = pathlib.Path(folder)
folder.mkdir(exist_ok=True)


def evaluate(real, other, count, metrics):
    """The values by name; features and logits are left in `folder`."""
    words = ["--data", real, "--against", other, "--features", lenet, "--feature-weights", MODELS / "features/lenet.safetensors",
             "--count", str(count), "--metric", metrics, "--keep-features", folder]
    text = subprocess.run([trainer, "evaluate", *words], check=True, capture_output=True, text=True).stdout
    return {line.split()[0]: float(line.split()[1]) for line in text.splitlines() if line and line[0] != " "}


def kept(name):
    return npy.read((folder / name).read_bytes())[0]


def read_weights():
    content = (MODELS / "features/lenet.safetensors").read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    tensors = {}
    for name, entry in json.loads(content[8:8 + length]).items():
        begin, end = entry["data_offsets"]
        tensors[name] = struct.unpack(f"<{(end - begin) // 4}f", content[8 + length + begin:8 + length + end])
    return tensors


def resize(image):
    """28 x 28 to 32 x 32, bilinear, points at the centres of pixels."""
    def shares(i):
        place = min(max((i + 0.5) * 28 / 32 - 0.5, 0), 27)
        low = min(int(place), 26)
        return low, place - low
    rows = [[image[28 * y + x] for x in range(28)] for y in range(28)]
    wide = [[row[a] * (1 - t) + row[a + 1] * t for a, t in map(shares, range(32))] for row in rows]
    return [[p * (1 - t) + q * t for p, q in zip(wide[a], wide[a + 1])] for a, t in map(shares, range(32))]


def convolve(planes, weight, bias):
    side, size = len(planes[0]), 5
    result = []
    for o, shift in enumerate(bias):
        plane = [[shift] * (side - 4) for _ in range(side - 4)]
        for c, source in enumerate(planes):
            for i in range(size):
                for j in range(size):
                    w = weight[((o * len(planes) + c) * size + i) * size + j]
                    for y in range(side - 4):
                        target, row = plane[y], source[y + i]
                        for x in range(side - 4):
                            target[x] += w * row[x + j]
        result.append([[max(v, 0) for v in row] for row in plane])
    return result


def pool(planes):
    return [[[max(p[2 * y][2 * x], p[2 * y][2 * x + 1], p[2 * y + 1][2 * x], p[2 * y + 1][2 * x + 1]) for x in range(len(p) // 2)]
             for y in range(len(p) // 2)] for p in planes]


def dense(vector, weight, bias):
    n = len(vector)
    return [b + sum(w * v for w, v in zip(weight[o * n:(o + 1) * n], vector)) for o, b in enumerate(bias)]


def network(image, weights):
    part = lambda name: (weights[name + ".weight"], weights[name + ".bias"])
    planes = [resize([v / 255 for v in image])]
    planes = pool(convolve(pool(convolve(planes, *part("convnet.c1"))), *part("convnet.c3")))
    h = [plane[0][0] for plane in convolve(planes, *part("convnet.c5"))]
    features = dense(h, *part("fc.f6"))
    return features, dense([max(v, 0) for v in features], *part("fc.f7"))


def compare(found, expected, limit, what):
    scale = max(abs(v) for v in expected)
    worst = max(abs(f - e) for f, e in zip(found, expected, strict=True)) / scale
    print(f"{what}: {worst:.1e} of the largest")
    assert worst < limit, f"{what}: expected {expected}, found {found}"


def write_idx(path, images):
    path.write_bytes(struct.pack(">4I", 0x803, len(images), 28, 28) + b"".join(bytes(image) for image in images))
    return path


# Garments, that the network never saw, as bytes of the file; twelve, for metrics want ten.
content = gzip.open(MODELS / "data/fashion4k-images-idx3-ubyte.gz").read()
images = [content[16 + 784 * i:16 + 784 * (i + 1)] for i in range(12)]
garments = write_idx(folder / "garments.idx", images)
values = evaluate(garments, garments, 12, "1nn,is")
assert values["one_nn"] == 0, "copies are nearer than any other image"
for i in range(3):
    features, logits = network(images[i], read_weights())
    compare(kept("real.npy")[i], features, 1e-5, f"features of garment {i}")
    compare(kept("set-0-logits.npy")[i], logits, 1e-5, f"logits of garment {i}")

data = os.environ.get("GAN_DATA")
if not data:
    print("skipped: PyTorch's numbers and the reference distances; GAN_DATA is unset")
    sys.exit()
data = pathlib.Path(data)
with zipfile.ZipFile(data / "weights/lenet_golden.npz") as golden:
    images, shape = npy.read(golden.read("images_u8.npy"))
    expected, _ = npy.read(golden.read("logprobs.npy"))
digits = write_idx(folder / "digits.idx", images)
evaluate(digits, digits, shape[0], "1nn")
for logits, row in zip(kept("real-logits.npy"), expected, strict=True):
    total = max(logits) + math.log(sum(math.exp(v - max(logits)) for v in logits))
    compare([v - total for v in logits], row, 1e-5, "logarithms of PyTorch")

train, test = (data / "mnist" / f"{part}-images-idx3-ubyte.gz" for part in ("train", "t10k"))
reference = json.loads((data / "metrics/lenet_reference.json").read_text())
pair = reference["pairs"]["mnist_train_first10k vs mnist_test10k"]
found = evaluate(train, test, reference["n"], "fid")
compare([found["fid"]], [pair["fid_eigh"]], 1e-5, "FID of MNIST's sets")
found = evaluate(train, test, 2000, "pr")
compare([found["precision"], found["recall"]], [pair["prdc_k3_first2000"][key] for key in ("precision", "recall")], 1e-6,
        "precision and recall")
