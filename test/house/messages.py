# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every message of the compiler occurs in a test: four words on end of the longest literal of each `emitError`, `emitOpError` or `error`
statement (all of it where it is shorter) are looked for in the text of all tests. usage: messages.py [ROOM...] (default: all compiler rooms)"""

import re
import sys

import house

STATEMENT = re.compile(r"\b(?:emit(?:Op)?Error|error|fail)\(([^;{}]*?);", re.S)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def fragments(source):
    """(line, longest literal) of each message; adjacent literals are one."""
    joined = re.sub(r'"\s*\n\s*"', "", source)
    for statement in STATEMENT.finditer(joined):
        literals = [literal.replace('\\"', '"') for literal in LITERAL.findall(statement.group())]
        longest = max(literals, key=len, default="").strip()
        if len(longest) >= 6:
            yield joined.count("\n", 0, statement.start()) + 1, longest


def is_shown(literal, tests):
    words = literal.split(" ")
    return any(" ".join(words[i:i + 4]) in tests for i in range(max(1, len(words) - 3)))


rooms = sys.argv[1:] or ["dialect", "frontend", "passes"]
tests = "\n".join(house.text(path) for path in house.files(".mlir", ".gan", ".test", ".cpp", ".py", rooms=["test"]))
messages = [(path, line, literal) for path in house.files(".cpp", rooms=rooms)
            for line, literal in fragments(house.text(path))]
untested = [f"{path}:{line} or below: no test shows '{literal}'" for path, line, literal in messages if not is_shown(literal, tests)]
house.end(untested, done=f"{len(messages)} messages are tested")
