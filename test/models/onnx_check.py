# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Generators exported to ONNX draw in onnxruntime what trainers draw, from the same latents.

usage: onnx_check.py FOLDER [MODEL...]     (default: all; `ganc` on the PATH)

The weights in the file are those that `export --weights` writes, as the package of safetensors reads them. Skips with a word where numpy, onnx,
onnxruntime or safetensors (of PyPI) are missing. The latents are those of test/golden/draws.py.
"""

import csv
import pathlib
import subprocess
import sys

try:
    import numpy as np
    import onnx
    import onnxruntime
    import safetensors.numpy
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit()

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "golden"))
import draws  # noqa: E402

MODELS = HERE.parents[1] / "models"
NORMAL, UNIFORM = "normal", "uniform"
# Of each: the file, its settings, and how latents are drawn.
CASES = {
    "ring": ("ring", "width=8 batch=8", NORMAL),
    "dcgan28": ("dcgan", "size=28 channels=1 width=4 batch=4", NORMAL),
    "dcgan32": ("dcgan", "size=32 channels=1 width=4 batch=4", NORMAL),
    "gan_mlp": ("gan_mlp", "width=8 latent=4 batch=4", UNIFORM),
    "vae": ("vae", "width=8 latent=3 batch=4", NORMAL),
    "wgan": ("wgan", "size=16 width=4 latent=4 batch=4", NORMAL),
    "wgan_gp_toy": ("wgan_gp_toy", "width=8 batch=4", NORMAL),
    "wgan_gp_resnet": ("wgan_gp_resnet", "width=4 latent=4 batch=2", NORMAL),
    "unrolled": ("unrolled", "k=1 width=8 latent=8 batch=4", NORMAL),
    "dragan": ("dragan", "width=8 latent=4 batch=4", UNIFORM),
    "dragan_infogan": ("dragan", "net=infogan width=2 latent=4 batch=4", UNIFORM),
    "sngan": ("sngan", "g=4 d=4 latent=4 classes=3 d_steps=2 batch=2", NORMAL),
    "sngan_unconditional": ("sngan", "g=4 d=4 latent=4 classes=0 d_steps=2 batch=2", NORMAL),
    "sagan": ("sagan", "size=16 attend=8 width=8 latent=4 classes=3 batch=2", NORMAL),
    "ttur": ("ttur", "width=2 latent=8 batch=4", UNIFORM),
    "stacked_mnist": ("stacked_mnist", "m=2 batch=2", NORMAL),
    "stacked_mnist_veegan": ("stacked_mnist", "protocol=veegan width=2 m=2 batch=2", UNIFORM),
    "wgan_gp": ("wgan_gp", "width=4 latent=8 batch=4", NORMAL),
    "sngan_cnn": ("sngan_cnn", "width=4 latent=4 batch=4", NORMAL),
    "lsgan": ("lsgan", "size=32 width=2 latent=8 batch=4", NORMAL),
    "pacgan": ("pacgan", "width=8 units=4 pieces=3 batch=4", NORMAL),
    "relativistic": ("relativistic", "width=4 latent=4 batch=4", NORMAL),
    "exported": ("../test/models/Inputs/exported", "batch=4", NORMAL),
}
NETWORKS = {"wgan_gp": "G_avg"}
CLASSES = {"sngan": 3, "sngan_unconditional": 1, "sagan": 3}
TYPES = {"tensor(float)": np.float32, "tensor(int32)": np.int32}
SEED = 5


def build(name, folder):
    file, settings, _ = CASES[name]
    words = [word for setting in settings.split() for word in ("--set", setting)]
    subprocess.run(["ganc", "build", MODELS / f"{file}.gan", *words, "-o", folder / name], check=True)


def latents(name, shape):
    stream, place = draws.Stream("z", SEED, 0), (np.arange(shape[1])[None, :], np.arange(shape[0])[:, None])
    values = stream.normal(*place) if CASES[name][2] == NORMAL else 2 * stream.uniform(*place) - 1
    return values.astype(np.float32)


def labels(name, count):
    chosen = draws.Stream("c", SEED, 0).uniform(0, np.arange(count))
    return np.floor(chosen * CLASSES[name]).astype(np.int32)


def check_weights(network, weights):
    """Those of the network, by name, to the bit."""
    tensors = safetensors.numpy.load_file(weights)
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(network).graph.initializer if "." in tensor.name}
    assert stored, f"{network} has no weights"
    for key, values in stored.items():
        assert np.array_equal(values, tensors[key]), f"{key} differs"


def check(name, folder):
    trainer, run, file = folder / name, folder / f"{name}.run", folder / f"{name}.onnx"
    weights = folder / f"{name}.safetensors"
    call = lambda *words: subprocess.run([trainer, *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    call("train", *needed_data(name), "--steps", 2, "--new", "--run-dir", run)
    call("export", "--run", run, "--onnx", file, "--network", NETWORKS.get(name, "G"), "--weights", weights)
    check_weights(file, weights)
    # What that package writes, with PyTorch's mark, begins another run.
    safetensors.numpy.save_file(safetensors.numpy.load_file(weights), folder / f"{name}.pt", metadata={"format": "pt"})
    call("train", *needed_data(name), "--steps", 1, "--weights", folder / f"{name}.pt", "--new", "--run-dir", folder / f"{name}.again")
    onnx.checker.check_model(str(file), full_check=True)  # Infers all shapes, too.
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    shapes = [entry.shape for entry in session.get_inputs()]
    # Labels are numbers of whatever type the network takes.
    feeds = [latents(name, shapes[0])] + [labels(name, shapes[0][0]).astype(TYPES[entry.type]) for entry in session.get_inputs()[1:]]
    found = session.run(None, {entry.name: feed for entry, feed in zip(session.get_inputs(), feeds)})[0]
    call("sample", "--run", run, "--seed", SEED, "--count", shapes[0][0], "--output", "samples", "-o", folder / f"{name}.csv")
    with open(folder / f"{name}.csv") as rows:
        expected = np.array([[float(value) for value in row] for row in list(csv.reader(rows))[1:]])
    if name == "vae":  # The network gives logits, the output their sigmoids.
        found = 1 / (1 + np.exp(-found))
    worst = np.abs(found.reshape(expected.shape) - expected).max() / np.abs(expected).max()
    print(f"{name}: {worst:.1e} of the largest, {np.abs(expected).max():.1e}", flush=True)
    assert worst < 1e-5, f"{name}: onnxruntime draws other samples"


def needed_data(name):
    """Models of images want some, others make their own."""
    text = (MODELS / f"{CASES[name][0]}.gan").read_text()
    return ["--data", "random"] if ": image(" in text else []


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or CASES:
        build(name, folder)
        check(name, folder)


if __name__ == "__main__":
    main()
