# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every op of the dialect has a summary, a description and an Example, and gan-opt accepts the Example.

usage: examples.py LLVM_BIN GAN_OPT

An Example is a fragment: it uses values that it does not define. It is put into a module, whose body lets a use stand before
its definition, and the missing values are defined behind it, with the types that gan-opt says it expects.
"""

import re
import subprocess
import sys

import td


def run(gan_opt, text):
    return subprocess.run([gan_opt, "--allow-unregistered-dialect", "-"], input=text, capture_output=True, text=True)


def complete(gan_opt, example):
    """Defines what the example leaves undefined; returns the last answer of gan-opt."""
    missing = {}
    for _ in range(20):
        definitions = "".join(f'{name} = "example.value"() : () -> {type}\n' for name, type in missing.items())
        answer = run(gan_opt, f"module {{\n{example}\n{definitions}}}\n")
        unknown = re.findall(r"use of undeclared SSA value name.*?\n(.*)\n(\s*)\^", answer.stderr)
        typed = re.findall(r"'(%\w+)' expects different type than prior uses: '(.*?)' vs '(.*?)'|"
                           r"definition of SSA value '(%\w+)#0' has type '(.*?)'", answer.stderr)
        if unknown:
            line, indent = unknown[0]
            missing[re.match(r"%\w+", line[len(indent):]).group()] = "none"
        elif "previously used here with type" in answer.stderr and typed:
            used = re.search(r"previously used here with type '(.*?)'", answer.stderr).group(1)
            missing[typed[0][3]] = used
        else:
            return answer
    return answer


def problems(op, gan_opt):
    name = "gan." + op["opName"]
    if not op["summary"] or op["summary"].endswith("."):
        yield f"{name}: needs a summary, a noun phrase without full stop"
    blocks = td.examples(op["description"])
    if not blocks:
        yield f"{name}: has no Example"
    for block in blocks:
        if name not in block:
            yield f"{name}: the Example does not show it"
        answer = complete(gan_opt, block)
        if answer.returncode != 0:
            yield f"{name}: gan-opt refuses the Example:\n{answer.stderr}"


def main(llvm_bin, gan_opt):
    ops = td.instances(td.records(llvm_bin, "dialect/GanOps.td"), "Gan_Op")
    assert len(ops) > 40, f"expected the whole dialect, found {len(ops)} ops"
    found = [problem for op in ops for problem in problems(op, gan_opt)]
    print("\n".join(found) or f"{len(ops)} examples hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
