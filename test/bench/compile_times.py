# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times `ganc build` of every model at its published size.

usage: compile_times.py [--limit SECONDS] [NAME]...       (`ganc` on the PATH; default: all of models/)

Prints seconds that the processors worked and seconds that passed, per model; with a limit, exit status 1 if one works longer.
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"


def measure(model, trainer):
    """(seconds of work, seconds that passed)."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(["ganc", "build", model, "-o", trainer], check=True)
    passed, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, passed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--limit", type=float, default=float("inf"))
    options = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        for model in sorted(MODELS.glob("*.gan")):
            if options.names and model.stem not in options.names:
                continue
            work, passed = measure(model, pathlib.Path(folder) / "trainer")
            slow += work > options.limit
            print(f"{model.stem:16} {work:6.2f} s of work {passed:6.2f} s passed", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
