# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every op and pass has its tests, and every constraint of an op a test that breaks it.

usage: coverage.py LLVM_BIN

An op `gan.x` stands in some test/dialect/*.mlir. Constraint (C1) of it is broken in `x-invalid.mlir` under a name with `c1`, or in a
file of the family under a name with `x_c1` or a comment with `x C1`. Pass `gan-x-y` has test/passes/**/x-y.mlir.
"""

import re
import sys

import house
import td


def constraints(op):
    """The labels of the constraints that the op states itself."""
    stated = re.search(r"\*\*Constraints\*\*(.*?)(\n\s*\n|Example:)", op["description"], re.S)
    if not stated or "as for" in stated.group(1):
        return []
    return re.findall(r"\(C(\d+)\)", stated.group(1))


def op_problems(op, valid, invalid):
    name = op["opName"]
    if not any(re.search(rf"gan\.{name}\b", text) for text in valid.values()):
        yield f"gan.{name} stands in no test/dialect/*.mlir"
    own = invalid.get(f"{name.replace('_', '-')}-invalid.mlir", "")
    family = "\n".join(invalid.values())
    for number in constraints(op):
        in_own = re.search(rf"\bC{number}(\b|_)", own, re.I)
        in_family = re.search(rf"\b{name}[ _]C{number}(\b|_)", family, re.I)
        if not in_own and not in_family:
            yield f"gan.{name}: no test breaks (C{number})"


def pass_problems(llvm_bin):
    tests = {path.name for path in house.files(".mlir", ".test", rooms=["test"])}
    for path in house.files("Passes.td", rooms=["passes"]):
        for one in td.instances(td.records(llvm_bin, str(path)), "PassBase"):
            flag = one["argument"]
            if not {flag.removeprefix("gan-") + suffix for suffix in (".mlir", ".test")} & tests:
                yield f"{path}: pass {flag} has no test named {flag.removeprefix('gan-')}.mlir"
            if len(one["summary"]) >= 80 or not one["summary"]:
                yield f"{path}: the summary of {flag} needs 1 to 79 characters"


def main(llvm_bin):
    tests = {path.name: house.text(path) for path in house.files(".mlir", rooms=["test/dialect"])}
    invalid = {name: text for name, text in tests.items() if name.endswith("-invalid.mlir")}
    valid = {name: text for name, text in tests.items() if name not in invalid}
    ops = td.instances(td.records(llvm_bin, "dialect/GanOps.td"), "Gan_Op")
    problems = [problem for op in ops for problem in op_problems(op, valid, invalid)]
    problems += pass_problems(llvm_bin)
    house.end(problems, done=f"{len(ops)} ops and all passes have their tests")


main(sys.argv[1])
