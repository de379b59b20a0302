# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains into a folder that holds a run, and lets the disk be full from each operation on files onwards.

usage: disk_full.py TRAINER RUN

Each failed run ends with a status other than 0 and one message that names a file and the reason. The weights are then those of before, none
(the run took the folder over), or those saved after its first or its second step; never anything else, and no file that is half written.
"""

import os
import pathlib
import subprocess
import sys

MOST = 2000  # More operations than a run of two steps can need.


def train(trainer, folder, fault=None, steps="2"):
    command = [trainer, "train", "--steps", steps, "--save-every", "1", "--seed", "2", "--run-dir", folder, "--overwrite"]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | ({"GAN_FAULT": fault} if fault else {}))


def saved(trainer, folder, steps):
    assert train(trainer, folder, steps=steps).returncode == 0
    return (folder / "weights.safetensors").read_bytes()


def main(trainer, folder):
    weights = pathlib.Path(folder) / "weights.safetensors"
    before = weights.read_bytes()
    whole = pathlib.Path(folder + ".whole")
    first, after = (saved(trainer, whole, steps) for steps in "12")
    assert len({before, first, after}) == 3
    seen = set()
    failures = 0
    for at in range(MOST):
        for kind in ("nospace", "short"):
            answer = train(trainer, folder, f"{kind}:{at}+")
            if answer.returncode == 0:
                assert weights.read_bytes() == after
                assert failures > 10, f"only {failures} runs met a full disk"
                assert {before, None, first} <= seen, "no run failed before, between or after its saves"
                print(f"{failures} runs met a full disk")
                return
            failures += 1
            found = weights.read_bytes() if weights.exists() else None
            seen.add(found)
            assert found in (before, None, first, after), f"{kind}:{at}: the weights are {len(found)} bytes of something else"
            assert answer.stderr.count("error: ") == 1 and "No space left on device" in answer.stderr, f"{kind}:{at}: {answer.stderr}"
            weights.write_bytes(before)
    raise AssertionError(f"{MOST} operations and no end")


main(*sys.argv[1:])
