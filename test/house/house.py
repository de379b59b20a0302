# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the house tests share: the files of the tree, and how a check ends."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ("dialect", "frontend", "passes", "runtime", "test")


def files(*suffixes, rooms=ROOMS):
    """Paths below the rooms with one of the suffixes, sorted, relative to the root."""
    found = [path for room in rooms for path in (ROOT / room).rglob("*") if path.name.endswith(suffixes)]
    return sorted(path.relative_to(ROOT) for path in found if path.is_file())


def text(path):
    return (ROOT / path).read_text()


def end(problems, warnings=(), done="the house is in order"):
    """Prints what was found; the exit status says whether anything failed."""
    for warning in warnings:
        print("warning:", warning)
    for problem in problems:
        print("error:", problem)
    if not problems:
        print(done)
    sys.exit(1 if problems else 0)
