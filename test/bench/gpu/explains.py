# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What of these scripts can be tested without a GPU.

usage: explains.py BIN FAKE_DRIVER_FOLDER
Each tells in one sentence that there is no driver, and that there is no GPU; `forms.py` compares the simulator with itself behind a driver,
and notices one that computes something else.
"""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
BIN, FAKE = map(pathlib.Path, sys.argv[1:3])
MISSING = pathlib.Path("/no/such/folder")


def run(script, *words, **environment):
    return subprocess.run([sys.executable, HERE / script, BIN, *map(str, words)], capture_output=True, text=True, env=os.environ | environment)


def expect(done, status, *texts):
    told = done.stdout + done.stderr
    assert done.returncode == status and all(text in told for text in texts), f"{done.args}: status {done.returncode}\n{told}"


def driver(script, folder):
    return ("--driver", folder / "libcuda.so.1") if script == "forms.py" else ("--driver-folder", folder)


for script in ("rate.py", "kernels.py", "forms.py"):
    none = run(script, *driver(script, MISSING))
    expect(none, 77, f"{script}: this machine has no driver for GPUs of NVIDIA", "so there is nothing to measure")
    assert len(none.stderr.splitlines()) == 1, none.stderr
    expect(run(script, *driver(script, FAKE), GAN_FAKE_CUDA="none"), 77, f"{script}: the driver finds no GPU on this machine")

for only in ("fma.rn.f32", "min.s", "setp.lt.and.f", "cvt.rz.bf16x2", "mma.sync"):
    expect(run("forms.py", *driver("forms.py", FAKE), "--vectors", 64, "--only", only), 0, " 0 different")
expect(run("forms.py", *driver("forms.py", FAKE), "--vectors", 64, "--only", "fma.rn.f32", "--json"), 0, '"equal": 1', '"different": 0')

sys.path.insert(0, str(HERE))
import forms  # noqa: E402

a, b = (int(word).to_bytes(4, "little") for word in (0x3f800000, 0x3f800003))
assert forms.distance(a + b, a + a, 32) == (1, 3)
assert forms.distance(bytes(4), (1 << 31).to_bytes(4, "little"), 32) == (1, 0), "zeros of two signs differ, by no unit"
expect(run("kernels.py", *driver("kernels.py", FAKE), "--model", HERE.parents[2] / "models" / "ring.gan", "--set", "width=8", "--set",
           "batch=8", "--steps", 2, "--peak-tflops", 1, "--peak-gbs", 1), 0, "of roof", "_contraction (contraction)")
expect(run("kernels.py", *driver("kernels.py", FAKE)), 1, "the peaks of 'Fake GPU' are not known")
expect(run("rate.py", *driver("rate.py", FAKE), "--only", "no such case", "--torch", "/no/such/python"), 0, "no torch in /no/such/python")
