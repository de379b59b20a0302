# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles the .cu files beside this one to PTX and strips it; run where the compilers are, and keep what they make.

usage: build.py CUDA [CLANG]
"""

import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def unused(text, name):
    return len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) == 1


def strip(text):
    """Without comments, and without the variables and kernels that the headers left and nobody uses."""
    text = re.sub(r"(?m)^\s*//.*\n|\s*//.*$", "", text)
    for match in re.findall(r"(?m)^\.(?:visible )?(?:weak )?(?:global|const) .*?;\n", text):
        name = re.search(r"([\w$]+)(?:\[\d*\])*(?: =|;)", match).group(1)
        if unused(text, name):
            text = text.replace(match, "")
    text = re.sub(r"(?ms)^\.(?:weak |visible )*\.?entry _ZN\w*EmptyKernel\w*\(.*?^\}\n", "", text)
    return re.sub(r"\n\s*\n+", "\n", text).lstrip()


def compile(target, command):
    subprocess.run([*command, "-o", target], check=True)
    target.write_text(strip(target.read_text()))
    print(target.name, target.stat().st_size)


cuda = pathlib.Path(sys.argv[1])
clang = sys.argv[2] if len(sys.argv) > 2 else "clang++"
for source in sorted(HERE.glob("*.cu")):
    compile(source.with_suffix(".ptx"), [cuda / "bin/nvcc", "-ptx", "-arch=sm_80", "-std=c++17", "-diag-suppress=177", source])
# A second front end for those that need no headers.
compile(HERE / "basic_clang.ptx", [clang, "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=sm_80", f"--cuda-path={cuda}",
                                   "-Wno-unknown-cuda-version", "-O3", "-S", HERE / "basic.cu"])
