# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every message of the compiler occurs in a test: the longest literal of each `emitError` or `emitOpError` statement, and of what a
lambda of that name streams, is looked for in the text of all tests. usage: messages.py [ROOM...] (default: all compiler rooms)"""

import re
import sys

import house

STATEMENT = re.compile(r"\b(?:emit(?:Op)?Error|error)\(([^;{}]*?);", re.S)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def fragments(source):
    """(line, longest literal) of each message; adjacent literals are one."""
    joined = re.sub(r'"\s*\n\s*"', "", source)
    for statement in STATEMENT.finditer(joined):
        literals = [literal.replace('\\"', '"') for literal in LITERAL.findall(statement.group())]
        longest = max(literals, key=len, default="").strip()
        if len(longest) >= 6:
            yield joined.count("\n", 0, statement.start()) + 1, longest


rooms = sys.argv[1:] or ["dialect", "frontend", "passes"]
tests = "\n".join(house.text(path) for path in house.files(".mlir", ".gan", ".test", ".cpp", ".py", rooms=["test"]))
messages = [(path, line, literal) for path in house.files(".cpp", rooms=rooms)
            for line, literal in fragments(house.text(path))]
untested = [f"{path}:{line} or below: no test shows '{literal}'" for path, line, literal in messages if literal not in tests]
house.end(untested, done=f"{len(messages)} messages are tested")
