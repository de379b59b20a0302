# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a trainer says of a GPU with too little memory, against trainers built for the batch that it names.

    fits.py FOLDER FAKE_CUDA MODEL BATCH [--set NAME=VALUE]...

Between the needs of a sixteenth of BATCH and those of BATCH, memory for one half and for nine tenths of the way is left free: the batch
that is said to fit has to need no more than that, and one that is a tenth larger has to need more.
"""
import os
import re
import subprocess
import sys

folder, fake, model, batch, *settings = sys.argv[1:]
batch = int(batch)


def build(size):
    trainer = os.path.join(folder, f"of_{size}")
    subprocess.run(["ganc", "build", model, *settings, "--set", f"batch={size}", "--target=cuda", "-o", trainer], check=True)
    return trainer


def refusal(trainer, free):
    """What it says where so many bytes are free, nothing if they suffice for its memory."""
    environment = dict(os.environ, LD_LIBRARY_PATH=fake, GAN_FAKE_CUDA_FREE=str(free))
    command = [trainer, "train", "--data", "random", "--steps", "1", "--new", "--run-dir", os.path.join(folder, "run"), "--device", "cuda"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stderr


def needs(trainer):
    return int(re.search(r"the model needs (\d+) bytes on the GPU", refusal(trainer, 1000)).group(1))


os.makedirs(folder, exist_ok=True)
whole = build(batch)
most = needs(whole)
least = int(re.search(rf"even a batch of {batch // 16} needs (\d+);", refusal(whole, 1000)).group(1))
for part in (0.5, 0.9):
    free = int(least + part * (most - least))
    told = refusal(whole, free)
    found = re.search(rf"the largest batch that fits is about (\d+), not {batch};", told)
    assert found, told
    fitting = int(found.group(1))
    assert batch // 16 < fitting < batch, told
    assert needs(build(fitting)) <= free, f"{fitting} does not fit into {free}"
    larger = fitting + max(1, fitting // 10)
    assert larger > batch or needs(build(larger)) > free, f"{larger} fits into {free}, too"
print("as told:", model)
