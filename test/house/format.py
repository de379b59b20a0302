# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""C++ is laid out as clang-format does it (.clang-format).

usage: format.py LLVM_BIN
"""

import re
import subprocess
import sys

import house

TOOL = f"{sys.argv[1]}/clang-format"
sources = [str(path) for path in house.files(".cpp", ".h")]
told = subprocess.run([TOOL, "--dry-run", *sources], cwd=house.ROOT, capture_output=True, text=True)
if told.returncode:
    sys.exit(told.stderr)
unlike = sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning: .*clang-format", told.stderr, re.M)))
house.end([f"{path}: laid out otherwise, run {TOOL} -i {path}" for path in unlike], done=f"{len(sources)} files are laid out alike")
