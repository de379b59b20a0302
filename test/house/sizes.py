# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The lengths of files: above the first number one asks why, above the second one is told to split; no file reaches 800 lines."""

import house

LIMITS = {".cpp": (400, 800), ".h": (150, 300), ".td": (300, 500), ".mlir": (150, 300), ".py": (400, 800),
          "CMakeLists.txt": (40, 80)}
MOST = 800

warnings, problems = [], []
for suffix, (ask, split) in LIMITS.items():
    for path in house.files(suffix):
        lines = house.text(path).count("\n")
        if "Inputs" in path.parts:
            continue  # What a tool wrote, kept for a test.
        if lines >= MOST:
            problems.append(f"{path} has {lines} lines, no file may reach {MOST}")
        elif lines >= split:
            warnings.append(f"{path} has {lines} lines: split it, {split} are too many")
        elif lines > ask:
            warnings.append(f"{path} has {lines} lines: why more than {ask}?")
house.end(problems, warnings, done="no file is too long")
