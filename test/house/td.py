# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the house tests know of TableGen files: llvm-tblgen resolves them, this reads its JSON."""

import json
import pathlib
import re
import subprocess
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]


def records(llvm_bin, td):
    """The records of one .td file of the repository, by name."""
    include = pathlib.Path(llvm_bin).parent / "include"
    command = [f"{llvm_bin}/llvm-tblgen", "-dump-json", f"-I{ROOT}", f"-I{include}", str(ROOT / td)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def instances(all_records, base):
    return [all_records[name] for name in all_records["!instanceof"].get(base, [])]


def examples(description):
    """The fenced mlir blocks of a description."""
    return [textwrap.dedent(block) for block in re.findall(r"```mlir\n(.*?)```", description, re.S)]
