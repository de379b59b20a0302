# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/features/inception.gan against plain loops (InceptionCheck.cpp), with random weights under the names that pytorch-fid gives them;
and as a network for features of an evaluation.

usage: inception_check.py FOLDER     (`ganc` and `gan-inception-check` on the PATH)
"""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEATURES = ROOT / "models/features"
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def run(*words):
    subprocess.run([str(word) for word in words], check=True)


run("gan-inception-check", "write", folder / "torch.safetensors")
run(sys.executable, FEATURES / "convert_inception.py", folder / "torch.safetensors", folder / "net.safetensors")
model = [FEATURES / "inception.gan", "--set", "size=64", "--set", "batch=2"]
run("ganc", "build", "--c-api", *model, "-o", folder / "libnet.so")
run("gan-inception-check", "compare", folder / "libnet.so", folder / "net.safetensors")

run("ganc", "build", *model, "-o", folder / "net")
run("ganc", "build", ROOT / "test/models/Inputs/constant.gan", "--set", "size=64", "-o", folder / "trainer")
run(folder / "trainer", "train", "--data", "random", "--steps", "1", "--new", "--run-dir", folder / "run")
run(folder / "trainer", "evaluate", "--run", folder / "run", "--data", "random", "--count", "10", "--metric", "is,1nn", "--features", folder / "net")
