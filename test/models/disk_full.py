# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains into a folder that holds a run, and lets the disk be full from each operation on files onwards.

usage: disk_full.py TRAINER RUN

Each failed run ends with a status other than 0 and one message that names a file and the reason. The weights are then either those of
before or, if they had been written already, those that an unbroken run writes; never anything else, and no file that is half written.
"""

import os
import pathlib
import subprocess
import sys

MOST = 2000  # More operations than a run of two steps can need.


def train(trainer, folder, fault=None):
    command = [trainer, "train", "--steps", "2", "--seed", "2", "--run-dir", folder, "--new"]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | ({"GAN_FAULT": fault} if fault else {}))


def main(trainer, folder):
    weights = pathlib.Path(folder) / "weights.safetensors"
    before = weights.read_bytes()
    whole = pathlib.Path(folder + ".whole")
    assert train(trainer, whole).returncode == 0
    after = (whole / "weights.safetensors").read_bytes()
    assert before != after
    failures = 0
    for at in range(MOST):
        for kind in ("nospace", "short"):
            answer = train(trainer, folder, f"{kind}:{at}+")
            if answer.returncode == 0:
                assert weights.read_bytes() == after
                assert failures > 10, f"only {failures} runs met a full disk"
                print(f"{failures} runs met a full disk")
                return
            failures += 1
            found = weights.read_bytes()
            assert found in (before, after), f"{kind}:{at}: the weights are {len(found)} bytes of something else"
            assert answer.stderr.count("error: ") == 1 and "No space left on device" in answer.stderr, f"{kind}:{at}: {answer.stderr}"
            weights.write_bytes(before)
    raise AssertionError(f"{MOST} operations and no end")


main(*sys.argv[1:])
