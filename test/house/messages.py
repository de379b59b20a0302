# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every message of the compiler and the runtime occurs in a test: four words on end (all of it where it is shorter) of the longest literal
of each `emitError`, `emitOpError` or `error` statement, of any literal of each Status but `Internal`, are looked for in the text of all tests.
usage: messages.py [ROOM...] (default: all)"""

import re
import sys

import house

STATEMENT = re.compile(r"\b(?:emit(?:Op)?Error|error|fail)\(([^;{}]*?);", re.S)
# In the runtime numbers stand between the literals, so any of them may be the one that a test looks for.
STATUS = re.compile(r"(?:\bStatus\(\s*Code::(?!Internal)|\b(?:refuse|damaged|systemError|failed)\()([^;{}]*?);", re.S)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
# What no test can bring about.
UNTESTABLE = {
    "there is no memory to unpack it": "libraries ask for a few kilobytes",
    "the system does not give ": "of threads: limits do not bind the superuser",
    "the simulator needs a processor with AVX2": "tests run on one that has it",
    "a file of ONNX holds less than 2 GiB": "it would take a network of that size",
    "listening for other ranks": "a machine without sockets",
    "rank 0 cannot listen": "a machine without sockets",
    "connecting to rank 0": "no socket, where there were some",
    "telling rank 0 who this is": "rank 0 dies in the microsecond before",
    "watching other ranks": "no file is left to open",
    "the system does not let this program make code executable": "a matter of the system's policy",
}


def join(source):
    """The source with adjacent literals made one."""
    return re.sub(r'"\s*\n\s*"', "", source)


def fragments(source, pattern):
    """(line, literals) of each message."""
    joined = join(source)
    for statement in pattern.finditer(joined):
        literals = [literal.replace('\\"', '"').strip() for literal in LITERAL.findall(statement.group())]
        literals = [literal for literal in literals if len(literal) >= 6]
        if pattern is STATEMENT:
            literals = sorted(literals, key=len)[-1:]
        if literals:
            yield joined.count("\n", 0, statement.start()) + 1, literals


def is_shown(literal, tests):
    words = literal.split(" ")
    return any(" ".join(words[i:i + 4]) in tests for i in range(max(1, len(words) - 3)))


rooms = sys.argv[1:] or ["dialect", "frontend", "passes", "runtime"]
tests = "\n".join(join(house.text(path)) for path in house.files(".mlir", ".gan", ".test", ".cpp", ".py", rooms=["test"])
                  if path.name != "messages.py")
messages = [(path, line, literals) for path in house.files(".cpp", rooms=rooms)
            for line, literals in fragments(house.text(path), STATUS if path.parts[0] == "runtime" else STATEMENT)
            if not any(literal.startswith(tuple(UNTESTABLE)) for literal in literals)]
untested = [f"{path}:{line} or below: no test shows {literals}" for path, line, literals in messages
            if not any(is_shown(literal, tests) for literal in literals)]
house.end(untested, done=f"{len(messages)} messages are tested")
